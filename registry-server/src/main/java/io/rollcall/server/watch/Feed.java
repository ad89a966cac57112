package io.rollcall.server.watch;

import java.util.LinkedHashSet;
import java.util.Set;

/** What readers of the same interest share. Confined to the hub's thread. */
abstract sealed class Feed permits ServiceFeed, NamespaceFeed {

    final Interest interest;
    final Set<ServiceStream> streams = new LinkedHashSet<>(2);
    final Set<Waiter> waiters = new LinkedHashSet<>(2);

    /** How often it is held for another reason than these. */
    int pins;

    Feed(Interest interest) {
        this.interest = interest;
    }

    /** The index of the last change that touched it: what a reader who has seen that knows is still so. */
    abstract long version();

    boolean isInUse() {
        return pins > 0 || !streams.isEmpty() || !waiters.isEmpty();
    }
}
