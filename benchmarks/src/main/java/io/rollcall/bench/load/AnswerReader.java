package io.rollcall.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads one answer after the other from the bytes of a connection, keeping nothing but status and size. */
final class AnswerReader {

    private static final int HEAD_BYTES_MAX = 16 * 1024;
    private static final long UNTIL_CLOSE = -1;
    private static final Charset ISO = StandardCharsets.ISO_8859_1;

    private enum Part {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    private byte[] line = new byte[512];
    private int lineLength;
    private boolean statusLine = true;
    private Part part = Part.HEAD;
    private int status;
    private long remaining;
    private boolean chunked;
    private boolean closes;
    private long bodyBytes;

    /** The status of the newest answer. */
    int status() {
        return status;
    }

    /** The body's size of the newest answer. */
    long bodyBytes() {
        return bodyBytes;
    }

    /** Whether the server closes the connection after the newest answer. */
    boolean closes() {
        return closes;
    }

    /**
     * Reads on.
     *
     * @return whether an answer is complete; what is left in {@code in} belongs to the next
     */
    boolean read(ByteBuffer in) {
        while (in.hasRemaining()) {
            switch (part) {
                case HEAD -> {
                    if (endsLine(in) && endsHead()) {
                        return true;
                    }
                }
                case BODY -> {
                    if (skip(in)) {
                        return complete();
                    }
                }
                case CHUNK_SIZE -> {
                    if (endsLine(in)) {
                        remaining = hexLine();
                        part = remaining == 0 ? Part.TRAILER : Part.CHUNK;
                    }
                }
                case CHUNK -> {
                    if (skip(in)) {
                        part = Part.CHUNK_END;
                    }
                }
                case CHUNK_END -> {
                    if (endsLine(in)) {
                        lineLength = 0;
                        part = Part.CHUNK_SIZE;
                    }
                }
                case TRAILER -> {
                    if (endsLine(in)) {
                        var isLast = lineLength == 0;
                        lineLength = 0;
                        if (isLast) {
                            return complete();
                        }
                    }
                }
            }
        }
        return false;
    }

    private boolean complete() {
        part = Part.HEAD;
        statusLine = true;
        return true;
    }

    /** Gathers a line without its end. */
    private boolean endsLine(ByteBuffer in) {
        while (in.hasRemaining()) {
            var b = in.get();
            if (b == '\n') {
                return true;
            }
            if (b != '\r') {
                if (lineLength == line.length) {
                    if (lineLength >= HEAD_BYTES_MAX) {
                        throw new IllegalStateException("a header line of over " + HEAD_BYTES_MAX + " bytes");
                    }
                    line = Arrays.copyOf(line, 2 * lineLength);
                }
                line[lineLength++] = b;
            }
        }
        return false;
    }

    /** Takes in a line of the head; returns whether the answer ends with it. */
    private boolean endsHead() {
        if (statusLine) {
            beginAnswer();
        } else if (lineLength > 0) {
            readHeader();
        } else {
            return beginBody();
        }
        lineLength = 0;
        return false;
    }

    private void beginAnswer() {
        if (lineLength < 12 || line[0] != 'H') {
            throw new IllegalStateException("no HTTP status line: " + new String(line, 0, lineLength, ISO));
        }
        status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
        statusLine = false;
        remaining = UNTIL_CLOSE;
        chunked = false;
        closes = false;
        bodyBytes = 0;
    }

    private void readHeader() {
        switch (line[0] | 0x20) {
            case 'c' -> {
                if (startsWith("content-length:")) {
                    remaining = decimal("content-length:".length());
                } else if (startsWith("connection:")) {
                    closes = valueOf("connection:".length()).equalsIgnoreCase("close");
                }
            }
            case 't' -> {
                if (startsWith("transfer-encoding:")) {
                    chunked = true;
                }
            }
            default -> {
                // Not needed to find the answer's end.
            }
        }
    }

    private boolean beginBody() {
        lineLength = 0;
        if (status == 204 || status == 304 || remaining == 0) {
            return complete();
        }
        if (chunked) {
            part = Part.CHUNK_SIZE;
        } else if (remaining == UNTIL_CLOSE) {
            throw new IllegalStateException("status " + status + " with a body of unknown length");
        } else {
            part = Part.BODY;
        }
        return false;
    }

    /** Passes over the body's or chunk's bytes; returns whether that was the last of them. */
    private boolean skip(ByteBuffer in) {
        var count = (int) Math.min(remaining, in.remaining());
        in.position(in.position() + count);
        remaining -= count;
        bodyBytes += count;
        return remaining == 0;
    }

    private boolean startsWith(String lowerCase) {
        if (lineLength < lowerCase.length()) {
            return false;
        }
        for (var i = 0; i < lowerCase.length(); i++) {
            var b = line[i];
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String valueOf(int from) {
        return new String(line, from, lineLength - from, ISO).strip();
    }

    private long decimal(int from) {
        return Long.parseLong(valueOf(from));
    }

    private long hexLine() {
        var end = 0;
        while (end < lineLength && Character.digit(line[end], 16) >= 0) {
            end++;
        }
        var size = Long.parseLong(new String(line, 0, end, ISO), 16);
        lineLength = 0;
        return size;
    }
}
