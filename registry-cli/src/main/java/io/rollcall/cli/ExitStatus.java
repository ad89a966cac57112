package io.rollcall.cli;

/** What a command's process ends with. */
public final class ExitStatus {

    /** It did what it was told. */
    public static final int OK = 0;

    /** It did not, or it is unknown whether it did. */
    public static final int FAILURE = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    private ExitStatus() {}
}
