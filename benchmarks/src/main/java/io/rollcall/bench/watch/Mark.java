package io.rollcall.bench.watch;

/** The number of a change, as text that is found again wherever the change is told. */
public final class Mark {

    /** What stands before the number. */
    static final String PREFIX = "seq-";

    private Mark() {}

    /**
     * Writes a number.
     *
     * @param change 0 or more
     * @return ASCII
     */
    public static String of(long change) {
        return PREFIX + change;
    }
}
