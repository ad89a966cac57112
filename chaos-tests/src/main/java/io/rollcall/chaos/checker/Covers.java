package io.rollcall.chaos.checker;

import io.rollcall.chaos.lease.BeatEnding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The times in which an instance's lease certainly ran, by what was acknowledged to it: a beat counts at the latest from its
 * acknowledgement on and until a TTL after its sending, and the next one joins if it was acknowledged before that.
 *
 * @param all in the order of time, none touching another
 */
record Covers(List<Cover> all) {

    /**
     * A time without a gap.
     *
     * @param fromNanos its begin
     * @param toNanos its end
     */
    record Cover(long fromNanos, long toNanos) {

        boolean contains(long from, long to) {
            return fromNanos <= from && to < toNanos;
        }
    }

    static Covers of(Life life) {
        List<Life.Attempt> acked = life.attempts().stream()
                .filter(attempt -> attempt.ending() == BeatEnding.ACKED)
                .sorted(Comparator.comparingLong(Life.Attempt::endedNanos))
                .toList();
        List<Cover> covers = new ArrayList<>();
        for (Life.Attempt attempt : acked) {
            long end = attempt.sentNanos() + life.ttlNanos();
            Cover last = covers.isEmpty() ? null : covers.get(covers.size() - 1);
            if (last != null && attempt.endedNanos() <= last.toNanos()) {
                covers.set(covers.size() - 1, new Cover(last.fromNanos(), Math.max(last.toNanos(), end)));
            } else if (attempt.endedNanos() < end) {
                covers.add(new Cover(attempt.endedNanos(), end));
            }
        }
        return new Covers(List.copyOf(covers));
    }

    /** Whether the lease ran from one time to the other. */
    boolean contain(long fromNanos, long toNanos) {
        return all.stream().anyMatch(cover -> cover.contains(fromNanos, toNanos));
    }
}
