package io.rollcall.chaos.watch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A line that comes in parts. */
final class LineBuffer {

    private static final int LINE_MAX = 64 << 20;
    private static final int LINE_FIRST = 256;
    private static final byte[] NOTHING = {};

    private byte[] line = NOTHING;
    private int length;

    /**
     * Takes bytes up to the end of the line, which is taken as well.
     *
     * @param in backed by an array
     * @param end position in it, behind which nothing is taken
     * @return whether the line is whole
     */
    boolean isWhole(ByteBuffer in, int end) {
        byte[] bytes = in.array();
        int from = in.arrayOffset() + in.position();
        int until = in.arrayOffset() + end;
        int at = from;
        while (at < until && bytes[at] != '\n') {
            at++;
        }
        gather(bytes, from, at - from);
        boolean ends = at < until;
        in.position(at - in.arrayOffset() + (ends ? 1 : 0));
        return ends;
    }

    private void gather(byte[] bytes, int from, int count) {
        if (length + count > LINE_MAX) {
            throw new IllegalStateException("a line of over " + LINE_MAX + " bytes");
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(LINE_FIRST, Math.max(length + count, 2 * line.length)));
        }
        System.arraycopy(bytes, from, line, length, count);
        length += count;
    }

    /** The line without its end; the next one begins. */
    String take() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        String text = new String(line, 0, end, StandardCharsets.UTF_8);
        length = 0;
        // Ten thousand of these wait most of the time; an array each would be most of what they take.
        line = NOTHING;
        return text;
    }
}
