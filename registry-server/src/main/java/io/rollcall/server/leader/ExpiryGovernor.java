package io.rollcall.server.leader;

import io.rollcall.server.config.LeaseSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Doubts the leader itself when too much would expire at once: that many processes rarely die together, and a registry
 * that cannot hear them often does. Then nothing overdue expires, for one service or for all, until enough are heard
 * again, an operator lets it go, or the time is over. Guarded by the lock of {@link LeaderTerm}.
 */
final class ExpiryGovernor {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiryGovernor.class);

    private static final int PERCENT = 100;

    private final LeaseSettings settings;
    private final LeaseTable table;
    private final LongSupplier leaseNanos;
    private final InstantSource wallClock;
    private final Set<ServiceLeases> holding = new LinkedHashSet<>();
    private @Nullable Hold global;
    private int holds;

    ExpiryGovernor(LeaseSettings settings, LeaseTable table, LongSupplier leaseNanos, InstantSource wallClock) {
        this.settings = settings;
        this.table = table;
        this.leaseNanos = leaseNanos;
        this.wallClock = wallClock;
    }

    /** Whether an overdue lease of this service must be held back now. */
    boolean holdsBack(ServiceLeases service) {
        if (service.hold == null && isDoubtful(service)) {
            service.hold = begin(
                    service.key.toString(),
                    service.late + " of " + service.running
                            + " instances of the service fell silent together, more than " + settings.servicePercent()
                            + " %: the registry may have lost sight of them");
        }
        if (service.hold != null) {
            holding.add(service);
        }
        if (global == null && isDoubtful()) {
            global = begin(
                    "all",
                    table.late() + " of " + table.running() + " instances fell silent together, more than "
                            + settings.globalPercent() + " %: the registry may have lost sight of them");
        }
        return holdsNow(service);
    }

    /** Whether a hold is in force that has not been let go. */
    boolean holdsNow(ServiceLeases service) {
        return isInForce(service.hold) || isInForce(global);
    }

    /** Whether a hold over all services is in force. */
    boolean isHoldingAll() {
        return isInForce(global);
    }

    /** Whether what is held of this service is to expire now. */
    boolean isLettingGo(ServiceLeases service) {
        return (service.hold != null && service.hold.releasing) || (global != null && global.releasing);
    }

    private static boolean isInForce(@Nullable Hold hold) {
        return hold != null && !hold.releasing;
    }

    private boolean isDoubtful(ServiceLeases service) {
        return settings.servicePercent() < PERCENT
                && service.running > settings.smallService()
                && (long) service.late * PERCENT > (long) service.running * settings.servicePercent();
    }

    private boolean isDoubtful() {
        return settings.globalPercent() < PERCENT
                && table.late() > settings.globalMin()
                && (long) table.late() * PERCENT > (long) table.running() * settings.globalPercent();
    }

    private Hold begin(String scope, String reason) {
        Duration most = settings.maxHold();
        holds++;
        Hold hold = new Hold(
                reason, wallClock.instant(), wallClock.instant().plus(most), leaseNanos.getAsLong() + most.toNanos());
        LOG.atWarn()
                .addKeyValue("scope", scope)
                .addKeyValue("reason", reason)
                .addKeyValue("endsBy", hold.endsBy)
                .log("holding back expiries");
        return hold;
    }

    /** Looks at the holds: some are over, some have lasted long enough. */
    void review() {
        long now = leaseNanos.getAsLong();
        for (ServiceLeases service : holding) {
            if (service.hold != null) {
                service.hold = reviewed(service.hold, service.key.toString(), isDoubtful(service), now);
            }
        }
        holding.removeIf(service -> service.hold == null);
        if (global != null) {
            global = reviewed(global, "all", isDoubtful(), now);
        }
    }

    private static @Nullable Hold reviewed(Hold hold, String scope, boolean doubtful, long now) {
        if (!doubtful) {
            LOG.atWarn()
                    .addKeyValue("scope", scope)
                    .addKeyValue("since", hold.since)
                    .log("no longer holding back expiries");
            return null;
        }
        if (!hold.releasing && now >= hold.endsAtNanos) {
            hold.releasing = true;
            LOG.atWarn()
                    .addKeyValue("scope", scope)
                    .addKeyValue("since", hold.since)
                    .log("held long enough; letting expire what is still silent");
        }
        return hold;
    }

    /** An operator says that they are dead indeed. */
    void release() {
        holding.forEach(service -> release(service.hold, service.key.toString()));
        release(global, "all");
    }

    private static void release(@Nullable Hold hold, String scope) {
        if (hold != null && !hold.releasing) {
            hold.releasing = true;
            LOG.atWarn()
                    .addKeyValue("scope", scope)
                    .addKeyValue("since", hold.since)
                    .log("an operator let expiries go");
        }
    }

    /** The hold over all services; null if there is none. */
    @Nullable
    Hold global() {
        return global;
    }

    /** How many holds this leader has begun. */
    int holds() {
        return holds;
    }
}
