package io.rollcall.bench.watch;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** One stream of Server-Sent Events: takes out of its bytes the marks, and keeps nothing else. */
final class EventStream {

    private static final int OK = 200;
    private static final int STATUS_AT = 9;
    private static final String CHUNKED = "transfer-encoding:chunked";

    private enum Part {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END
    }

    private final LongConsumer told;
    private final MarkFinder finder = new MarkFinder();
    private Part part = Part.HEAD;
    private int headBytes;
    private int lineBytes;
    private int status;
    private int matched;
    private boolean chunked;
    private long left;
    private long mark = -1;
    private boolean newLine;
    private long events;

    /**
     * A stream whose answer has not begun.
     *
     * @param told takes the mark of each event that has one, when the event is whole
     */
    EventStream(LongConsumer told) {
        this.told = told;
    }

    /** Returns how many events were whole. */
    long events() {
        return events;
    }

    void read(ByteBuffer in) {
        while (in.hasRemaining()) {
            var b = in.get();
            switch (part) {
                case HEAD -> head(b);
                case BODY -> body(b);
                case CHUNK_SIZE -> chunkSize(b);
                case CHUNK -> {
                    body(b);
                    if (--left == 0) {
                        part = Part.CHUNK_END;
                    }
                }
                case CHUNK_END -> {
                    if (b == '\n') {
                        part = Part.CHUNK_SIZE;
                    }
                }
            }
        }
    }

    private void head(byte b) {
        if (headBytes >= STATUS_AT && headBytes < STATUS_AT + 3) {
            status = 10 * status + b - '0';
        }
        headBytes++;
        if (b == '\n') {
            if (lineBytes == 0) {
                begin();
            }
            lineBytes = 0;
            matched = 0;
        } else if (b != '\r') {
            lineBytes++;
            if (b != ' ' && matched < CHUNKED.length()) {
                // A head line that differs in one letter is none that matters.
                matched = Character.toLowerCase(b) == CHUNKED.charAt(matched) ? matched + 1 : Integer.MAX_VALUE;
                chunked |= matched == CHUNKED.length();
            }
        }
    }

    private void begin() {
        if (status != OK) {
            throw new IllegalStateException("a watch was answered with status " + status);
        }
        part = chunked ? Part.CHUNK_SIZE : Part.BODY;
    }

    private void chunkSize(byte b) {
        var digit = Character.digit(b, 16);
        if (digit >= 0) {
            left = 16 * left + digit;
        } else if (b == '\n') {
            if (left == 0) {
                throw new IllegalStateException("the server ended a watch");
            }
            part = Part.CHUNK;
        }
    }

    private void body(byte b) {
        mark = Math.max(mark, finder.next(b));
        if (b == '\n') {
            if (newLine) {
                whole();
            }
            newLine = true;
        } else if (b != '\r') {
            newLine = false;
        }
    }

    private void whole() {
        events++;
        if (mark >= 0) {
            told.accept(mark);
        }
        mark = -1;
    }
}
