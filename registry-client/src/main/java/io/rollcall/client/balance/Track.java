package io.rollcall.client.balance;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What this process has seen of one incarnation of an instance at one address. It outlives the lists that the instance is
 * in. Counters are for all threads; what is not volatile or atomic belongs to who holds the lock of {@link BalancedCalls}.
 */
final class Track {

    private final ZoneLoad zoneLoad;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean ejected;
    // Calls begun before tell of what led to the last ejection, and nothing new.
    private volatile long newsFromNanos;

    private long ejectedUntilNanos;
    private long returnedAtNanos;
    private int repeats;
    private boolean seen;
    private @Nullable Instant healthySince;
    private long warmFromNanos;

    Track(ZoneLoad zoneLoad, long nowNanos) {
        this.zoneLoad = zoneLoad;
        this.newsFromNanos = nowNanos;
    }

    ZoneLoad zoneLoad() {
        return zoneLoad;
    }

    int inFlight() {
        return inFlight.get();
    }

    void began() {
        inFlight.incrementAndGet();
        zoneLoad.began();
    }

    void ended() {
        inFlight.decrementAndGet();
        zoneLoad.ended();
    }

    /** True if a call that began then can tell more than is known. */
    boolean isNews(long begunNanos) {
        return begunNanos - newsFromNanos >= 0;
    }

    /** The failures since the last success, this one counted. */
    int failed() {
        return failures.incrementAndGet();
    }

    void succeeded() {
        // Not written by each success: the cache line is shared by all threads.
        if (failures.get() != 0) {
            failures.set(0);
        }
    }

    boolean isEjected() {
        return ejected;
    }

    long ejectedUntilNanos() {
        return ejectedUntilNanos;
    }

    /** Out for longer each time, unless it did well for a while: each base time in service takes back one time. */
    void eject(Ejection rule, long nowNanos) {
        long base = Math.max(1, rule.base().toNanos());
        long calm = repeats == 0 ? 0 : (nowNanos - returnedAtNanos) / base;
        repeats = (int) Math.max(0, repeats - calm) + 1;
        // Compared before it is multiplied, which could overflow.
        long longest = rule.max().toNanos();
        ejectedUntilNanos = nowNanos + (base > longest / repeats ? longest : base * repeats);
        newsFromNanos = nowNanos;
        ejected = true;
    }

    /** Back on probation: one failure before a success ejects it again. */
    void endEjection(Ejection rule, long nowNanos) {
        failures.set(rule.failures() - 1);
        returnedAtNanos = nowNanos;
        newsFromNanos = nowNanos;
        ejected = false;
    }

    /** True while its story matters although no list has it. */
    boolean isWorthKeeping(long nowNanos) {
        return inFlight.get() > 0 || (ejected && ejectedUntilNanos - nowNanos > 0);
    }

    /** Takes note of a list that it is in. */
    void listed(@Nullable Instant healthy, Ages ages, long nowNanos) {
        boolean isSame = healthy == null ? healthySince == null : healthy.equals(healthySince);
        if (seen && isSame) {
            return;
        }
        seen = true;
        healthySince = healthy;
        warmFromNanos = nowNanos - (healthy == null ? 0 : ages.ageNanos(healthy, nowNanos));
    }

    /** For how long it has taken traffic, 0 or more. */
    long warmNanos(long nowNanos) {
        return nowNanos - warmFromNanos;
    }

    boolean isOfKnownHealth() {
        return healthySince != null;
    }

    /** What makes two instances of two lists the same for a caller. */
    record Key(InstanceKey instance, long incarnation, String host, int port) {
        static Key of(Instance instance) {
            return new Key(
                    instance.key(),
                    instance.incarnation(),
                    instance.registration().host(),
                    instance.registration().port());
        }
    }
}
