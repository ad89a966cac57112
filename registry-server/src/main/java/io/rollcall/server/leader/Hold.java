package io.rollcall.server.leader;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leader's doubt in itself, about one service or about all: what would make instances critical is held back until it
 * heals, an operator releases it, or its time is over. Not thread-safe.
 */
final class Hold {

    private static final Logger LOG = LoggerFactory.getLogger(Hold.class);

    /** What a hold over all services is named. */
    static final String ALL = "all";

    final String reason;
    final Instant since;
    final Instant endsBy;
    final long endsAtNanos;

    private final String scope;
    private boolean releasing;

    private Hold(String scope, String reason, Instant since, Duration most, long nowNanos) {
        this.scope = scope;
        this.reason = reason;
        this.since = since;
        this.endsBy = since.plus(most);
        this.endsAtNanos = nowNanos + most.toNanos();
    }

    static Hold begin(String scope, String reason, InstantSource wallClock, Duration most, long nowNanos) {
        Hold hold = new Hold(scope, reason, wallClock.instant(), most, nowNanos);
        LOG.atWarn()
                .addKeyValue("scope", scope)
                .addKeyValue("reason", reason)
                .addKeyValue("endsBy", hold.endsBy)
                .log("holding back what would make instances critical");
        return hold;
    }

    /** Looks whether it is over, or has lasted long enough; null if it is over. */
    static @Nullable Hold reviewed(@Nullable Hold hold, boolean isDoubtful, long nowNanos) {
        if (hold == null) {
            return null;
        }
        if (!isDoubtful) {
            hold.tell("holding back no longer");
            return null;
        }
        if (nowNanos - hold.endsAtNanos >= 0) {
            hold.let("held back long enough; letting go what has not healed");
        }
        return hold;
    }

    /** An operator says that they are dead indeed. */
    void release() {
        let("an operator lets go what was held back");
    }

    private void let(String why) {
        if (!releasing) {
            releasing = true;
            tell(why);
        }
    }

    private void tell(String what) {
        LOG.atWarn().addKeyValue("scope", scope).addKeyValue("since", since).log(what);
    }

    /** Whether there is a hold that has not been let go. */
    static boolean isInForce(@Nullable Hold hold) {
        return hold != null && !hold.releasing;
    }

    /** Whether there is a hold that lets go what it held, and what comes on top. */
    static boolean isLettingGo(@Nullable Hold hold) {
        return hold != null && hold.releasing;
    }
}
