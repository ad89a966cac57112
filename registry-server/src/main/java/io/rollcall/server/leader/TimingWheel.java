package io.rollcall.server.leader;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Leases by the time at which they are to be looked at. Adding one and passing a tick cost the same however many there are;
 * a beat does not touch the wheel, since a lease that is looked at too early is put in again. What lies further ahead than
 * one turn is looked at once a turn.
 *
 * <p>Scheme 6 of Varghese and Lauck, "Hashed and Hierarchical Timing Wheels" (1987), with lists through the leases
 * themselves. Not thread-safe.
 */
final class TimingWheel {

    static final Duration TICK = Duration.ofMillis(100);
    private static final int SLOTS = 2_048;

    private final @Nullable Lease[] slots = new Lease[SLOTS];
    private long tick;

    TimingWheel(long nowNanos) {
        tick = tickOf(nowNanos);
    }

    private static long tickOf(long nanos) {
        return Math.floorDiv(nanos, TICK.toNanos());
    }

    /** Puts in a lease, unless it is in already: then it is looked at as planned. */
    void add(Lease lease, long atNanos) {
        if (lease.inWheel) {
            return;
        }
        // Not in the tick that is under way: its slot may have been passed already.
        long ahead = Math.min(Math.max(tickOf(atNanos) - tick + 1, 1), SLOTS - 1L);
        int slot = Math.floorMod(tick + ahead, SLOTS);
        lease.next = slots[slot];
        lease.inWheel = true;
        slots[slot] = lease;
    }

    /** Takes out all whose time has come, and some that come early; whoever wants to be seen again is put in again. */
    void advance(long nowNanos, Consumer<Lease> visitor) {
        long until = tickOf(nowNanos);
        // After a jump of more than a turn every slot is passed once.
        tick = Math.max(tick, until - SLOTS);
        while (tick < until) {
            tick++;
            int slot = Math.floorMod(tick, SLOTS);
            Lease lease = slots[slot];
            slots[slot] = null;
            while (lease != null) {
                Lease following = lease.next;
                lease.next = null;
                lease.inWheel = false;
                visitor.accept(lease);
                lease = following;
            }
        }
    }
}
