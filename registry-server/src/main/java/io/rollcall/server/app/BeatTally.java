package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.model.InstanceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the beats of one request came to.
 *
 * @param renewed how many were renewed
 * @param ttl the shortest of the renewed leases; zero if none of them ends, null if none was renewed
 * @param next when the first of the renewed ones is to be heard again; zero if none has to be, null if none was renewed
 * @param failed the others, in the order of the request
 * @param problem why none was confirmed at all; null if one was, or was refused
 */
public record BeatTally(
        int renewed,
        @Nullable Duration ttl,
        @Nullable Duration next,
        List<Failed> failed,
        @Nullable Problem problem) {

    /** Makes the list unmodifiable. */
    public BeatTally {
        failed = List.copyOf(failed);
    }

    /**
     * A beat that renewed nothing.
     *
     * @param key of which instance
     * @param code why
     * @param action what its owner does: {@code reregister}, {@code stop} or {@code retry}
     * @param incarnation the one that is there instead; null if that is not the reason
     */
    public record Failed(
            InstanceKey key,
            ErrorCode code,
            String action,
            @Nullable Long incarnation) {}

    /** Counts results up to a tally. Not thread-safe. */
    static final class Count {

        private int renewed;
        private Duration ttl = Duration.ZERO;
        private Duration next = Duration.ZERO;
        private final List<Failed> failed = new ArrayList<>(0);
        private int unconfirmed;
        private BeatResult.@Nullable Unconfirmed first;

        void renewed(BeatResult.Renewed result) {
            renewed++;
            ttl = shorter(ttl, result.ttl());
            next = shorter(next, result.next());
        }

        /** The shorter of two durations of which zero means "never". */
        private static Duration shorter(Duration left, Duration right) {
            if (left.isZero() || (!right.isZero() && right.compareTo(left) < 0)) {
                return right;
            }
            return left;
        }

        void failed(InstanceKey key, ErrorCode code, String action, @Nullable Long incarnation) {
            failed.add(new Failed(key, code, action, incarnation));
        }

        void unconfirmed(InstanceKey key, BeatResult.Unconfirmed result) {
            unconfirmed++;
            if (first == null) {
                first = result;
            }
            failed(key, result.code(), Heartbeats.RETRY, null);
        }

        BeatTally tally() {
            boolean isNoneConfirmed = renewed == 0 && unconfirmed == failed.size();
            return new BeatTally(
                    renewed,
                    renewed == 0 ? null : ttl,
                    renewed == 0 ? null : next,
                    failed,
                    first == null || !isNoneConfirmed ? null : Refusals.retryable(first.code(), first.detail()));
        }
    }
}
