package io.rollcall.client;

import java.util.Locale;

/** What a read promises. */
public enum Consistency {
    /** The answering node's state, at once, also without a quorum. */
    STALE,
    /** At least everything acknowledged before the call began. */
    LINEARIZABLE;

    /**
     * Returns the name used on the wire.
     *
     * @return such as {@code stale}
     */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
