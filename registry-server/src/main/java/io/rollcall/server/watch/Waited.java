package io.rollcall.server.watch;

/** What became of a wait. */
public enum Waited {
    /** What was waited for has changed. */
    CHANGED,
    /** It has not, and the time is over. */
    UNCHANGED,
    /** There are as many waiting as there may be. */
    TOO_MANY,
    /** The node is stopping. */
    STOPPING
}
