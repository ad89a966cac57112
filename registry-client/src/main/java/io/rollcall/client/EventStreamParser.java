package io.rollcall.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes a stream of Server-Sent Events apart, however it is cut into pieces. Not thread-safe.
 *
 * <p>Lines end with CR, LF or both; an event ends with an empty line; a colon begins a comment. What the stream ends
 * within is no event. {@code retry} is passed over: when to come again is the client's to know.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the format</a>
 */
final class EventStreamParser {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final int TYPICAL_LINE_BYTES = 1_024;

    /**
     * One event.
     *
     * @param name empty if it was not given
     * @param id the last that was given in the stream, by this event or an earlier one; empty if none was
     * @param data UTF-8, its lines joined by LF
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and handed on once
    record Event(String name, String id, byte[] data) {}

    /** Takes the events. */
    interface Sink {
        void take(Event event) throws IOException;
    }

    private final int maxEventBytes;
    private final Sink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(TYPICAL_LINE_BYTES);
    private boolean afterCarriageReturn;
    private boolean isFirstLine = true;

    private String name = "";
    private String id = "";
    private @Nullable ByteArrayOutputStream data;

    EventStreamParser(int maxEventBytes, Sink sink) {
        this.maxEventBytes = maxEventBytes;
        this.sink = sink;
    }

    /**
     * Takes the next piece.
     *
     * @param bytes read to its end
     * @throws IOException if an event is larger than the limit, or the sink throws it
     */
    void feed(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int length = lengthToLineEnd(bytes);
            append(bytes, length);
            if (bytes.hasRemaining()) {
                byte end = bytes.get();
                boolean isSecondHalf = end == '\n' && afterCarriageReturn && length == 0 && line.size() == 0;
                afterCarriageReturn = end == '\r';
                if (!isSecondHalf) {
                    takeLine();
                }
            }
        }
    }

    private static int lengthToLineEnd(ByteBuffer bytes) {
        int position = bytes.position();
        int length = 0;
        while (length < bytes.remaining()) {
            byte next = bytes.get(position + length);
            if (next == '\n' || next == '\r') {
                return length;
            }
            length++;
        }
        return length;
    }

    private void append(ByteBuffer bytes, int length) throws IOException {
        if (length == 0) {
            return;
        }
        afterCarriageReturn = false;
        if ((long) line.size() + (data == null ? 0 : data.size()) + length > maxEventBytes) {
            throw new IOException("an event is over " + maxEventBytes + " bytes (maxAnswerBytes)");
        }
        byte[] part = new byte[length];
        bytes.get(part);
        line.writeBytes(part);
    }

    private void takeLine() throws IOException {
        byte[] bytes = line.toByteArray();
        line.reset();
        int start = isFirstLine && startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
        isFirstLine = false;
        if (bytes.length == start) {
            dispatch();
            return;
        }
        int colon = start;
        while (colon < bytes.length && bytes[colon] != ':') {
            colon++;
        }
        if (colon == start) {
            return;
        }
        int value = Math.min(bytes.length, colon + 1);
        if (value < bytes.length && bytes[value] == ' ') {
            value++;
        }
        takeField(text(bytes, start, colon), bytes, value);
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= BYTE_ORDER_MARK.length
                && bytes[0] == BYTE_ORDER_MARK[0]
                && bytes[1] == BYTE_ORDER_MARK[1]
                && bytes[2] == BYTE_ORDER_MARK[2];
    }

    private void takeField(String field, byte[] bytes, int value) {
        switch (field) {
            case "event" -> name = text(bytes, value, bytes.length);
            case "id" -> {
                String given = text(bytes, value, bytes.length);
                if (given.indexOf('\0') < 0) {
                    id = given;
                }
            }
            case "data" -> {
                ByteArrayOutputStream before = data;
                if (before == null) {
                    before = new ByteArrayOutputStream(bytes.length);
                    data = before;
                } else {
                    before.write('\n');
                }
                before.write(bytes, value, bytes.length - value);
            }
            default -> {
                // As the format wants it: what is not known is passed over.
            }
        }
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private void dispatch() throws IOException {
        ByteArrayOutputStream whole = data;
        String event = name;
        name = "";
        data = null;
        if (whole != null) {
            sink.take(new Event(event, id, whole.toByteArray()));
        }
    }

    /** Whether an event has begun to come and is not whole yet. */
    boolean isInsideEvent() {
        return data != null || !name.isEmpty() || line.size() > 1;
    }
}
