package io.rollcall.server.watch;

/** What became of a wish to follow. */
public enum Admission {
    /** It is done. */
    DONE,
    /** There are as many as there may be. */
    TOO_MANY,
    /** The node is stopping. */
    STOPPING
}
