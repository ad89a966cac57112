package io.rollcall.server.leader;

import io.rollcall.server.config.LeaseSettings;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Doubts the leader itself when too much would expire at once: that many processes rarely die together, and a registry
 * that cannot hear them often does. Then nothing overdue expires, for one service or for all, until enough are heard
 * again, an operator lets it go, or the time is over. Guarded by the lock of {@link LeaderTerm}.
 */
final class ExpiryGovernor {

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
                            + " %");
            holding.add(service);
        }
        if (global == null && isDoubtful()) {
            global = begin(
                    Hold.ALL,
                    table.late() + " of " + table.running() + " instances fell silent together, more than "
                            + settings.globalPercent() + " %");
        }
        return holdsNow(service);
    }

    private Hold begin(String scope, String reason) {
        holds++;
        return Hold.begin(
                scope,
                reason + ": the registry may have lost sight of them",
                wallClock,
                settings.maxHold(),
                leaseNanos.getAsLong());
    }

    /** Whether a hold is in force that has not been let go. */
    boolean holdsNow(ServiceLeases service) {
        return Hold.isInForce(service.hold) || Hold.isInForce(global);
    }

    /** Whether any hold is in force. */
    boolean isHolding() {
        return isHoldingAll() || holding.stream().anyMatch(service -> Hold.isInForce(service.hold));
    }

    /** Whether a hold over all services is in force. */
    boolean isHoldingAll() {
        return Hold.isInForce(global);
    }

    /** Whether what is held of this service is to expire now. */
    boolean isLettingGo(ServiceLeases service) {
        return Hold.isLettingGo(service.hold) || Hold.isLettingGo(global);
    }

    private boolean isDoubtful(ServiceLeases service) {
        return service.running > settings.smallService() && settings.isTooMuchOfService(service.late, service.running);
    }

    private boolean isDoubtful() {
        return settings.isTooMuchOfAll(table.late(), table.running());
    }

    /** Looks at the holds: some are over, some have lasted long enough. */
    void review() {
        long now = leaseNanos.getAsLong();
        holding.forEach(service -> service.hold = Hold.reviewed(service.hold, isDoubtful(service), now));
        holding.removeIf(service -> service.hold == null);
        global = Hold.reviewed(global, isDoubtful(), now);
    }

    /** An operator says that they are dead indeed. */
    void release() {
        for (ServiceLeases service : holding) {
            if (service.hold != null) {
                service.hold.release();
            }
        }
        if (global != null) {
            global.release();
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
