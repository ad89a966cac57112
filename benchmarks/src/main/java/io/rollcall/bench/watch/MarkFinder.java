package io.rollcall.bench.watch;

/** Finds marks in bytes that come in parts. It keeps no bytes, so that ten thousand of them take no room. */
public final class MarkFinder {

    private static final long NONE = -1;

    private int matched;
    private long number = NONE;

    /**
     * Reads one byte.
     *
     * @param b the next
     * @return the number of the mark that ends before this byte; -1 if none does
     */
    public long next(byte b) {
        if (number != NONE || matched == Mark.PREFIX.length()) {
            if (b >= '0' && b <= '9') {
                number = 10 * Math.max(0, number) + b - '0';
                return NONE;
            }
            var found = number;
            number = NONE;
            matched = 0;
            return found;
        }
        if (b == Mark.PREFIX.charAt(matched)) {
            matched++;
        } else {
            matched = b == Mark.PREFIX.charAt(0) ? 1 : 0;
        }
        return NONE;
    }

    /**
     * Finds the last mark in bytes that are whole.
     *
     * @param bytes any
     * @return its number; -1 if there is none
     */
    public static long last(byte[] bytes) {
        var finder = new MarkFinder();
        var last = NONE;
        for (var b : bytes) {
            last = Math.max(last, finder.next(b));
        }
        return Math.max(last, finder.next((byte) 0));
    }
}
