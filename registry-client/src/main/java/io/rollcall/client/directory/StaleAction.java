package io.rollcall.client.directory;

/** What becomes of a view that is older than the limit. */
public enum StaleAction {
    /** It is served, and says that it is stale. */
    MARK,
    /** Asking for it is a {@link StaleDataException}. */
    REFUSE
}
