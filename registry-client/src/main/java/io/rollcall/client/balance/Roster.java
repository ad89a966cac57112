package io.rollcall.client.balance;

import io.rollcall.api.model.Instance;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who gets calls, as made from one list. Immutable but for the time until which it holds. */
final class Roster {

    private static final long FOR_EVER = Long.MAX_VALUE;

    private final List<Instance> source;
    private final List<Seat> seats;
    private final Candidates candidates;
    private final @Nullable Picker picker;
    private volatile long untilNanos;

    private Roster(
            List<Instance> source, List<Seat> seats, Candidates candidates, @Nullable Picker picker, long untilNanos) {
        this.source = source;
        this.seats = seats;
        this.candidates = candidates;
        this.picker = picker;
        this.untilNanos = untilNanos;
    }

    /** That of no list yet. */
    static Roster none() {
        return new Roster(List.of(), List.of(), new Candidates(List.of(), Set.of()), null, FOR_EVER);
    }

    static Roster lasting(List<Instance> source, List<Seat> seats, Candidates candidates, @Nullable Picker picker) {
        return new Roster(source, seats, candidates, picker, FOR_EVER);
    }

    /** Made of this very list, and not outdated: a list that changed is another object, and comparing costs too much. */
    @SuppressWarnings("ReferenceEquality") // meant so
    boolean holds(List<Instance> list, Time time) {
        long until = untilNanos;
        return source == list && (until == FOR_EVER || time.nanos() - until < 0);
    }

    boolean isEmpty() {
        return picker == null;
    }

    @Nullable
    Endpoint pick(PickContext context) {
        return picker == null ? null : picker.pick(context);
    }

    @Nullable
    Picker picker() {
        return picker;
    }

    List<Seat> seats() {
        return seats;
    }

    Candidates candidates() {
        return candidates;
    }

    /** Holds no longer than that. */
    void endBy(long nanos) {
        long until = untilNanos;
        if (until == FOR_EVER || nanos - until < 0) {
            untilNanos = nanos;
        }
    }
}
