package io.rollcall.server.security.limit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Token buckets, one a key: each fills at a steady rate up to a burst, and a request takes one out. A bucket is one number,
 * the time at which it would be full (the generic cell rate algorithm), so that there is nothing to refill.
 *
 * <p>There are so many at most, whoever comes: when the table is full, buckets that are full again go, and should none be, all
 * newcomers share one. Who is limited already can therefore not be forgotten by sending from many addresses.
 */
final class TokenBuckets {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** How many are looked at for some that may go, so that a newcomer never pays for the whole table. */
    private static final int LOOKS = 64;

    private final long intervalNanos;
    private final long burstNanos;
    private final int max;
    private final LongSupplier nanos;
    private final Map<String, AtomicLong> buckets = new ConcurrentHashMap<>();
    private final AtomicLong shared;

    /**
     * Full buckets for all.
     *
     * @param perSecond what each gets in a second; 0 limits nobody
     * @param burst what each may take at once, 1 or more
     * @param max most buckets
     * @param nanos a monotonic clock
     */
    TokenBuckets(double perSecond, double burst, int max, LongSupplier nanos) {
        this.intervalNanos = perSecond <= 0 ? 0 : Math.max(1, (long) (NANOS_PER_SECOND / perSecond));
        this.burstNanos = (long) (intervalNanos * Math.max(1, burst));
        this.max = max;
        this.nanos = nanos;
        this.shared = new AtomicLong(nanos.getAsLong());
    }

    /**
     * Takes one.
     *
     * @param key whose bucket
     * @return 0 if there was one, else how many nanoseconds until there is
     */
    long take(String key) {
        return intervalNanos == 0 ? 0 : take(bucket(key), true);
    }

    /**
     * Looks whether there is one, and leaves it.
     *
     * @param key whose bucket
     * @return 0 if there is one, else how many nanoseconds until there is
     */
    long look(String key) {
        AtomicLong bucket = intervalNanos == 0 ? null : buckets.get(key);
        return bucket == null ? 0 : take(bucket, false);
    }

    private long take(AtomicLong bucket, boolean reallyTakes) {
        while (true) {
            long now = nanos.getAsLong();
            long fullAt = bucket.get();
            long from = fullAt - now > 0 ? fullAt : now;
            long wait = from + intervalNanos - now - burstNanos;
            if (wait > 0) {
                return wait;
            }
            if (!reallyTakes || bucket.compareAndSet(fullAt, from + intervalNanos)) {
                return 0;
            }
        }
    }

    private AtomicLong bucket(String key) {
        AtomicLong present = buckets.get(key);
        if (present != null) {
            return present;
        }
        if (buckets.size() >= max && !forgetFullOnes()) {
            return shared;
        }
        return buckets.computeIfAbsent(key, created -> new AtomicLong(nanos.getAsLong()));
    }

    /** Whoever has a full bucket loses nothing by getting a new one. */
    private boolean forgetFullOnes() {
        long now = nanos.getAsLong();
        List<Map.Entry<String, AtomicLong>> full = buckets.entrySet().stream()
                .limit(LOOKS)
                .filter(entry -> entry.getValue().get() - now <= 0)
                .toList();
        full.forEach(entry -> buckets.remove(entry.getKey(), entry.getValue()));
        return !full.isEmpty();
    }

    int size() {
        return buckets.size();
    }
}
