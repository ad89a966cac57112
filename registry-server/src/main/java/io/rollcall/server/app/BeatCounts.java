package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the heartbeats at this node came to, by kind. Thread-safe. */
public final class BeatCounts {

    /** What a beat comes to. */
    public enum Kind {
        /** The lease runs anew. */
        RENEWED,
        /** The registry does not know the instance. */
        UNKNOWN,
        /** Another registration has taken its place. */
        STALE,
        /** Nobody confirmed it in time. */
        UNCONFIRMED,
        /** Whoever beat may not. */
        DENIED
    }

    private final Map<Kind, LongAdder> counts = new EnumMap<>(Kind.class);

    BeatCounts() {
        for (Kind kind : Kind.values()) {
            counts.put(kind, new LongAdder());
        }
    }

    private LongAdder adder(Kind kind) {
        LongAdder adder = counts.get(kind);
        if (adder == null) {
            throw new IllegalStateException("not counted: " + kind);
        }
        return adder;
    }

    void count(Heartbeats.Renewal renewal) {
        adder(renewal.problem() == null ? Kind.RENEWED : kind(renewal.problem().code()))
                .increment();
    }

    void count(BeatTally tally) {
        adder(Kind.RENEWED).add(tally.renewed());
        tally.failed().forEach(failed -> adder(kind(failed.code())).increment());
    }

    private static Kind kind(ErrorCode code) {
        return switch (code) {
            case INSTANCE_NOT_FOUND -> Kind.UNKNOWN;
            case STALE_INCARNATION -> Kind.STALE;
            case PERMISSION_DENIED, NOT_OWNER, UNAUTHENTICATED -> Kind.DENIED;
            default -> Kind.UNCONFIRMED;
        };
    }

    /**
     * Returns a count.
     *
     * @param kind which
     * @return beats since the start
     */
    public long get(Kind kind) {
        return adder(kind).sum();
    }
}
