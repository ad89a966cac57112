package io.rollcall.server.raft;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Decides what followers are told of at once, and what with the next entry. Told with the next entry they know it when that is
 * on their disks: with few entries somebody would wait for it whom an additional message tells at once, with many the messages
 * would cost more than the wait. For one thread at a time.
 */
final class NewsPace {

    /** At most 200 additional messages a second to a follower. */
    static final Duration BUSY_INTERVAL = Duration.ofMillis(5);

    private final LongSupplier nanoTime;
    private long lastNanos;

    NewsPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        lastNanos = nanoTime.getAsLong() - BUSY_INTERVAL.toNanos();
    }

    /**
     * Something was committed.
     *
     * @param isBusy whether another entry is under way
     * @return whether it is worth a message of its own
     */
    boolean isNews(boolean isBusy) {
        long now = nanoTime.getAsLong();
        if (isBusy && now - lastNanos < BUSY_INTERVAL.toNanos()) {
            return false;
        }
        lastNanos = now;
        return true;
    }
}
