package io.rollcall.server.watch;

import io.rollcall.server.watch.WatchCounters.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** The reads that wait. Confined to the hub's thread. */
final class Waits {

    private final TreeSet<Waiter> byDeadline = new TreeSet<>(Waiter.BY_DEADLINE);
    private final LongSupplier nanoTime;
    private final WatchCounters counters;
    private long number;
    // Without the waits of the registry's own.
    private int readers;

    Waits(LongSupplier nanoTime, WatchCounters counters) {
        this.nanoTime = nanoTime;
        this.counters = counters;
    }

    /** How many readers wait. */
    int size() {
        return readers;
    }

    /** Answers now if the feed was touched behind the index, else waits. */
    void add(Feed feed, WaitOrder order, CompletableFuture<Waited> answer) {
        if (order.subscriber() != null && feed instanceof ServiceFeed service) {
            service.readers.asked(order.subscriber(), order.index());
        }
        long deadline = nanoTime.getAsLong() + order.longest().toNanos();
        Waiter waiter = new Waiter(feed, order.index(), deadline, number++, order.subscriber(), answer);
        if (feed.version() > order.index()) {
            answer(waiter, Waited.CHANGED);
        } else {
            feed.waiters.add(waiter);
            byDeadline.add(waiter);
            readers += waiter.isReader() ? 1 : 0;
        }
    }

    /** Wakes whom a touch concerns. */
    void touched(Feed feed) {
        if (feed.waiters.isEmpty()) {
            return;
        }
        for (Waiter waiter : List.copyOf(feed.waiters)) {
            if (feed.version() > waiter.index) {
                counters.add(Count.WAKEUPS, waiter.isReader() ? 1 : 0);
                remove(waiter, Waited.CHANGED);
            }
        }
    }

    /** Sends away whose time is over; gives the feeds that they have left. */
    List<Feed> expire(long nowNanos) {
        if (byDeadline.isEmpty() || byDeadline.first().deadlineNanos - nowNanos > 0) {
            return List.of();
        }
        List<Feed> left = new ArrayList<>();
        while (!byDeadline.isEmpty() && byDeadline.first().deadlineNanos - nowNanos <= 0) {
            Waiter waiter = byDeadline.first();
            remove(waiter, Waited.UNCHANGED);
            left.add(waiter.feed);
        }
        return left;
    }

    /** Sends one away; gives the feed that it has left. */
    Optional<Feed> giveUp(CompletableFuture<Waited> answer) {
        Optional<Waiter> found =
                byDeadline.stream().filter(waiter -> waiter.answer == answer).findFirst();
        found.ifPresent(waiter -> remove(waiter, Waited.UNCHANGED));
        return found.map(waiter -> waiter.feed);
    }

    /** Nanoseconds until the first of them goes. */
    long nanosToNext(long nowNanos) {
        return byDeadline.isEmpty() ? Long.MAX_VALUE : byDeadline.first().deadlineNanos - nowNanos;
    }

    /** Answers all with what there is. */
    void endAll() {
        List.copyOf(byDeadline).forEach(waiter -> remove(waiter, Waited.STOPPING));
    }

    private void remove(Waiter waiter, Waited waited) {
        byDeadline.remove(waiter);
        readers -= waiter.isReader() ? 1 : 0;
        waiter.feed.waiters.remove(waiter);
        answer(waiter, waited);
    }

    private void answer(Waiter waiter, Waited waited) {
        if (waiter.subscriber != null && waiter.feed instanceof ServiceFeed service) {
            service.readers.answered(waiter.subscriber, service.version(), nanoTime.getAsLong());
        }
        waiter.answer.complete(waited);
    }
}
