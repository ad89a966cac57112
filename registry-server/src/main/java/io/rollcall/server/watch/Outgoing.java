package io.rollcall.server.watch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What one write takes, put together from shared bytes: large parts as they are, small ones side by side. */
final class Outgoing {

    /** Larger parts are not worth a copy. */
    private static final int COPIED_BYTES_MAX = 8 * 1024;

    private final List<ByteBuffer> parts = new ArrayList<>(4);
    private int size;

    /** Adds an event under an id of the reader's own. */
    void add(Frame frame, long id, String subscription) {
        if (id == frame.index()) {
            add(frame.bytes(), 0);
        } else {
            add(Frame.head(frame.isOpen() ? "snapshot" : "change", id), 0);
            add(frame.bytes(), frame.dataStart());
        }
        if (frame.isOpen()) {
            add(Frame.utf8(",\"subscription\":\"" + subscription + "\""), 0);
            add(Frame.END, 0);
        }
    }

    private void add(byte[] bytes, int offset) {
        parts.add(ByteBuffer.wrap(bytes, offset, bytes.length - offset).slice());
        size += bytes.length - offset;
    }

    int size() {
        return size;
    }

    /** To be written in this order. */
    List<ByteBuffer> parts() {
        if (parts.size() == 1) {
            return parts;
        }
        List<ByteBuffer> joined = new ArrayList<>();
        int start = 0;
        while (start < parts.size()) {
            int end = start;
            int bytes = 0;
            while (end < parts.size() && bytes + parts.get(end).remaining() <= COPIED_BYTES_MAX) {
                bytes += parts.get(end++).remaining();
            }
            joined.add(end - start > 1 ? copy(start, end, bytes) : parts.get(start));
            start = Math.max(end, start + 1);
        }
        return joined;
    }

    private ByteBuffer copy(int start, int end, int bytes) {
        ByteBuffer copy = ByteBuffer.allocate(bytes);
        parts.subList(start, end).forEach(copy::put);
        return copy.flip();
    }
}
