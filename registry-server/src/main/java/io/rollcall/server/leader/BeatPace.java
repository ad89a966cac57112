package io.rollcall.server.leader;

import io.rollcall.server.app.BeatResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * When the next beat is asked for: after a third of the lease, so that two may be lost, or after half of it while so many
 * come that the leader would rather have fewer. Guarded by the lock of {@link LeaderTerm}.
 */
final class BeatPace {

    /** Beats a second beyond which clients are asked to beat less often. */
    static final int CALM_PER_SECOND = 200_000;

    private static final int USUAL_SHARE = 3;
    private static final int CALMER_SHARE = 2;
    private static final long NANOS_OF_SECOND = 1_000_000_000;

    /** Different leases whose answers are kept; there are few different ones. */
    private static final int ANSWERS_MAX = 1_000;

    private final Map<Integer, BeatResult> answers = new HashMap<>();
    private int share = USUAL_SHARE;
    private long secondBegan;
    private long inSecond;
    private long total;

    void count(int beats, long nowNanos) {
        total += beats;
        inSecond += beats;
        if (nowNanos - secondBegan >= NANOS_OF_SECOND) {
            long perSecond = inSecond * NANOS_OF_SECOND / (nowNanos - secondBegan);
            int wanted = perSecond > CALM_PER_SECOND ? CALMER_SHARE : USUAL_SHARE;
            if (wanted != share) {
                share = wanted;
                answers.clear();
            }
            secondBegan = nowNanos;
            inSecond = 0;
        }
    }

    BeatResult renewed(int ttlMillis) {
        if (answers.size() >= ANSWERS_MAX) {
            answers.clear();
        }
        return answers.computeIfAbsent(
                ttlMillis, ttl -> new BeatResult.Renewed(Duration.ofMillis(ttl), Duration.ofMillis(ttl / share)));
    }

    /** Beats that this leader took. */
    long total() {
        return total;
    }
}
