package io.rollcall.server.view;

/** The newest tokens and policies in memory: replaced by the thread that applies the log, read by all. */
public final class AclView {

    private volatile AclSnapshot current = AclSnapshot.EMPTY;

    /** A view of nothing. */
    public AclView() {}

    /**
     * Returns the newest snapshot.
     *
     * @return immutable
     */
    public AclSnapshot current() {
        return current;
    }

    void replace(AclSnapshot next) {
        current = next;
    }
}
