package io.rollcall.server.watch;

import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A read that waits until its answer changes. */
final class Waiter {

    static final Comparator<Waiter> BY_DEADLINE = (left, right) -> {
        // By difference: the clock may pass the end of its range.
        int order = Long.signum(left.deadlineNanos - right.deadlineNanos);
        return order != 0 ? order : Long.compare(left.number, right.number);
    };

    final Feed feed;
    final long index;
    final long deadlineNanos;
    final long number;
    final @Nullable Subscriber subscriber;
    final CompletableFuture<Waited> answer;

    Waiter(
            Feed feed,
            long index,
            long deadlineNanos,
            long number,
            @Nullable Subscriber subscriber,
            CompletableFuture<Waited> answer) {
        this.feed = feed;
        this.index = index;
        this.deadlineNanos = deadlineNanos;
        this.number = number;
        this.subscriber = subscriber;
        this.answer = answer;
    }

    /** Tells whether somebody reads; else the registry itself waits, which is neither listed nor counted. */
    boolean isReader() {
        return subscriber != null;
    }
}
