package io.rollcall.chaos.checker;

import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.lease.BeatEnding;
import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.lease.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One instance's part of a lease history. Filled by {@link Lives}, and read-only after that. */
final class Life {

    /** A beat or a registration. */
    record Attempt(
            String node,
            BeatEnding ending,
            String code,
            String action,
            boolean enrols,
            long sentNanos,
            long endedNanos,
            long heardByNanos) {

        /** Whether it may have renewed the lease. */
        boolean mayBeHeard() {
            return ending == BeatEnding.ACKED || ending == BeatEnding.UNKNOWN;
        }
    }

    /**
     * A node began to show something else.
     *
     * @param sighting what
     * @param poll the first that showed it
     * @param before the last that did not; null if there was none
     */
    record Shown(Sighting sighting, LeaseEvent.Polled poll, LeaseEvent.@Nullable Polled before) {

        /** What it shows was decided after this. */
        long decidedAfterNanos() {
            return before == null ? 0 : before.currentAsOfNanos();
        }
    }

    /**
     * A time without any attempt.
     *
     * @param fromNanos its begin
     * @param toNanos its end; {@link Long#MAX_VALUE} if it has none
     */
    record Silence(long fromNanos, long toNanos) {}

    private final InstanceRef ref;
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Silence> silences = new ArrayList<>();
    private final List<LeaseEvent.Probed> probes = new ArrayList<>();
    private final Map<String, List<Shown>> shown = new TreeMap<>();
    private LeaseEvent.@Nullable Enrolled enrolment;

    Life(InstanceRef ref) {
        this.ref = ref;
    }

    InstanceRef ref() {
        return ref;
    }

    void enrolled(LeaseEvent.Enrolled given) {
        enrolment = given;
    }

    /** In nanoseconds; 0 without a lease. */
    long ttlNanos() {
        return enrolment == null ? 0 : enrolment.ttlMillis() * 1_000_000;
    }

    int retries() {
        return enrolment == null ? 0 : enrolment.retries();
    }

    int successes() {
        return enrolment == null ? 0 : enrolment.successes();
    }

    /** In the order of their sending, once the history has been read. */
    List<Attempt> attempts() {
        return attempts;
    }

    List<Silence> silences() {
        return silences;
    }

    List<LeaseEvent.Probed> probes() {
        return probes;
    }

    /** What each node showed, in the order of time. */
    Map<String, List<Shown>> shown() {
        return shown;
    }

    void show(String node, Shown next) {
        shown.computeIfAbsent(node, key -> new ArrayList<>()).add(next);
    }

    /** What a node showed at a time. */
    @Nullable
    Sighting shownAt(String node, long answeredNanos) {
        Sighting last = null;
        for (Shown next : shown.getOrDefault(node, List.of())) {
            if (next.poll().answeredNanos() > answeredNanos) {
                break;
            }
            last = next.sighting();
        }
        return last;
    }

    /** The last beat or registration that was acknowledged and sent before a time. */
    @Nullable
    Attempt lastAcked(long beforeNanos) {
        Attempt last = null;
        for (Attempt attempt : attempts) {
            if (attempt.ending() == BeatEnding.ACKED && attempt.sentNanos() < beforeNanos) {
                last = attempt;
            }
        }
        return last;
    }
}
