package io.rollcall.chaos.watch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads an answer that never ends, event by event, from the bytes of its connection. Keeps nothing between events. */
final class SseReader {

    private static final int OK = 200;

    /** Whom it tells. */
    interface Sink {

        /** The answer is a stream. */
        void opened();

        /** The answer is none; {@code text} is what came of it together with its head. */
        void refused(int status, String text);

        /** An event is complete; {@code id} is empty where it has none. */
        void told(String id, String event, String data);
    }

    private enum Part {
        STATUS,
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        OVER
    }

    private final Sink sink;
    private Part part = Part.STATUS;
    private int status;
    private boolean chunked;
    private int left;

    /** Of the head, and the sizes of chunks. */
    private final LineBuffer frameLine = new LineBuffer();

    /** Of the stream; one may go over several chunks. */
    private final LineBuffer line = new LineBuffer();

    private String id = "";
    private String event = "";
    private String data = "";

    SseReader(Sink sink) {
        this.sink = sink;
    }

    /**
     * Reads on.
     *
     * @param in backed by an array; empty afterwards
     */
    void read(ByteBuffer in) {
        while (in.hasRemaining()) {
            switch (part) {
                case STATUS, HEAD -> head(in);
                case BODY -> body(in, in.limit());
                case CHUNK_SIZE -> {
                    if (frameLine.isWhole(in, in.limit())) {
                        left = Integer.parseInt(
                                frameLine.take().split(";", 2)[0].strip(), 16);
                        part = left == 0 ? Part.OVER : Part.CHUNK;
                    }
                }
                case CHUNK -> chunk(in);
                case CHUNK_END -> {
                    // Behind a chunk comes nothing but the end of its line.
                    if (in.get() == '\n') {
                        part = Part.CHUNK_SIZE;
                    }
                }
                case OVER -> in.position(in.limit());
            }
        }
    }

    /** Whether nothing more belongs to the answer: the node ended it, or it was none. */
    boolean isOver() {
        return part == Part.OVER;
    }

    private void head(ByteBuffer in) {
        if (!frameLine.isWhole(in, in.limit())) {
            return;
        }
        String text = frameLine.take();
        if (part == Part.STATUS) {
            status = Integer.parseInt(text.split(" ", 3)[1]);
            part = Part.HEAD;
        } else if (text.toLowerCase(Locale.ROOT).replace(" ", "").equals("transfer-encoding:chunked")) {
            chunked = true;
        } else if (text.isEmpty() && status == OK) {
            part = chunked ? Part.CHUNK_SIZE : Part.BODY;
            sink.opened();
        } else if (text.isEmpty()) {
            part = Part.OVER;
            sink.refused(status, StandardCharsets.UTF_8.decode(in).toString());
        }
    }

    private void chunk(ByteBuffer in) {
        int end = Math.min(in.limit(), in.position() + left);
        left -= end - in.position();
        body(in, end);
        if (left == 0) {
            part = Part.CHUNK_END;
        }
    }

    private void body(ByteBuffer in, int end) {
        while (in.position() < end) {
            if (line.isWhole(in, end)) {
                field(line.take());
            }
        }
    }

    private void field(String text) {
        if (text.isEmpty()) {
            if (!data.isEmpty()) {
                sink.told(id, event, data);
            }
            id = "";
            event = "";
            data = "";
            return;
        }
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + (text.startsWith(" ", colon + 1) ? 2 : 1));
        switch (name) {
            case "id" -> id = value;
            case "event" -> event = value;
            case "data" -> data = data.isEmpty() ? value : data + "\n" + value;
            default -> {
                // A comment, or what nobody here needs.
            }
        }
    }
}
