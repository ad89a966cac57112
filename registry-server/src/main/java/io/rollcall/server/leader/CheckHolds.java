package io.rollcall.server.leader;

import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.config.LeaseSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Doubts the leader's own network when too many checks fail at once. The shares are those of leases; but a check that
 * fails is an observation and no silence, so that it takes more of them. Guarded by the lock of {@link HealthChecks}.
 */
final class CheckHolds {

    /** Up to so many failing instances of a service are believed whatever their share. */
    static final int BELIEVED_OF_SERVICE = 10;

    private static final Logger LOG = LoggerFactory.getLogger(CheckHolds.class);

    private static final int PERCENT = 100;

    /** What the hold over all services is named. */
    private static final String ALL = "all";

    private final LeaseSettings settings;
    private final HealthMonitor monitor;
    private final LongSupplier nanos;
    private final InstantSource wallClock;
    private final Map<ServiceKey, Hold> services = new TreeMap<>();
    private @Nullable Hold global;

    CheckHolds(LeaseSettings settings, HealthMonitor monitor, LongSupplier nanos, InstantSource wallClock) {
        this.settings = settings;
        this.monitor = monitor;
        this.nanos = nanos;
        this.wallClock = wallClock;
    }

    /** Whether an instance of this service must not be called critical now. */
    boolean holdsBack(ServiceKey service) {
        if (!services.containsKey(service) && isDoubtful(service)) {
            String reason = monitor.failing(service) + " of " + monitor.watched(service)
                    + " checks of the service fail together, more than " + settings.servicePercent()
                    + " %: the leader may have lost sight of them";
            services.put(service, begin(service.toString(), reason));
        }
        if (global == null && isDoubtful()) {
            String reason = monitor.failing() + " of " + monitor.watched() + " checks fail together, more than "
                    + settings.globalPercent() + " %: the leader may have lost sight of them";
            global = begin(ALL, reason);
        }
        return isInForce(services.get(service)) || isInForce(global);
    }

    private static boolean isInForce(@Nullable Hold hold) {
        return hold != null && !hold.releasing;
    }

    private boolean isDoubtful(ServiceKey service) {
        int failing = monitor.failing(service);
        return settings.servicePercent() < PERCENT
                && failing > BELIEVED_OF_SERVICE
                && (long) failing * PERCENT > (long) monitor.watched(service) * settings.servicePercent();
    }

    private boolean isDoubtful() {
        int failing = monitor.failing();
        return settings.globalPercent() < PERCENT
                && failing > settings.globalMin()
                && (long) failing * PERCENT > (long) monitor.watched() * settings.globalPercent();
    }

    private Hold begin(String scope, String reason) {
        Hold hold = new Hold(
                reason,
                wallClock.instant(),
                wallClock.instant().plus(settings.maxHold()),
                nanos.getAsLong() + settings.maxHold().toNanos());
        LOG.atWarn()
                .addKeyValue("scope", scope)
                .addKeyValue("reason", reason)
                .addKeyValue("endsBy", hold.endsBy)
                .log("not believing failed checks");
        return hold;
    }

    /** Looks at the holds: some are over, some have lasted long enough. */
    void review() {
        services.entrySet()
                .removeIf(entry -> isOver(entry.getValue(), entry.getKey().toString(), isDoubtful(entry.getKey())));
        if (global != null && isOver(global, ALL, isDoubtful())) {
            global = null;
        }
    }

    private boolean isOver(Hold hold, String scope, boolean doubtful) {
        if (doubtful && !hold.releasing && nanos.getAsLong() - hold.endsAtNanos >= 0) {
            hold.releasing = true;
            LOG.atWarn().addKeyValue("scope", scope).log("doubted long enough; believing failed checks");
        }
        if (!doubtful) {
            LOG.atWarn()
                    .addKeyValue("scope", scope)
                    .addKeyValue("since", hold.since)
                    .log("believing failed checks again");
        }
        return !doubtful;
    }

    /** An operator says that they are dead indeed. */
    void release() {
        services.values().forEach(hold -> hold.releasing = true);
        if (global != null) {
            global.releasing = true;
        }
    }

    void clear() {
        services.clear();
        global = null;
    }

    /** The widest hold that is in force; null if there is none. */
    @Nullable
    Hold inForce() {
        if (isInForce(global)) {
            return global;
        }
        return services.values().stream()
                .filter(CheckHolds::isInForce)
                .findFirst()
                .orElse(null);
    }
}
