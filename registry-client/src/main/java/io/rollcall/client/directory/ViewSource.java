package io.rollcall.client.directory;

/** Where a view was learnt last. */
public enum ViewSource {
    /** By the stream. */
    WATCH,
    /** By a read, since streams do not come through, or to reconcile. */
    POLL,
    /** From the file of an earlier run; the registry has not answered yet. */
    DISK,
    /** Nothing is known. */
    NONE;

    boolean isLive() {
        return this == WATCH || this == POLL;
    }
}
