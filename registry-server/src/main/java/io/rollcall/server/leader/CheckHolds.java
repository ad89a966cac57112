package io.rollcall.server.leader;

import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.config.LeaseSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Doubts the leader's own network when too many checks fail at once. The shares are those of leases; but a check that
 * fails is an observation and no silence, so that it takes more of them. Guarded by the lock of {@link HealthChecks}.
 */
final class CheckHolds {

    /** Up to so many failing instances of a service are believed whatever their share. */
    static final int BELIEVED_OF_SERVICE = 10;

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
                    + " checks of the service fail together, more than " + settings.servicePercent() + " %";
            services.put(service, begin(service.toString(), reason));
        }
        if (global == null && isDoubtful()) {
            String reason = monitor.failing() + " of " + monitor.watched() + " checks fail together, more than "
                    + settings.globalPercent() + " %";
            global = begin(Hold.ALL, reason);
        }
        return Hold.isInForce(services.get(service)) || Hold.isInForce(global);
    }

    private Hold begin(String scope, String reason) {
        return Hold.begin(
                scope,
                reason + ": the leader may have lost sight of them",
                wallClock,
                settings.maxHold(),
                nanos.getAsLong());
    }

    private boolean isDoubtful(ServiceKey service) {
        int failing = monitor.failing(service);
        return failing > BELIEVED_OF_SERVICE && settings.isTooMuchOfService(failing, monitor.watched(service));
    }

    private boolean isDoubtful() {
        return settings.isTooMuchOfAll(monitor.failing(), monitor.watched());
    }

    /** Looks at the holds: some are over, some have lasted long enough. */
    void review() {
        long now = nanos.getAsLong();
        services.entrySet().removeIf(entry -> Hold.reviewed(entry.getValue(), isDoubtful(entry.getKey()), now) == null);
        global = Hold.reviewed(global, isDoubtful(), now);
    }

    /** An operator says that they are dead indeed. */
    void release() {
        services.values().forEach(Hold::release);
        if (global != null) {
            global.release();
        }
    }

    void clear() {
        services.clear();
        global = null;
    }

    /** The widest hold that is in force; null if there is none. */
    @Nullable
    Hold inForce() {
        return Hold.isInForce(global)
                ? global
                : services.values().stream().filter(Hold::isInForce).findFirst().orElse(null);
    }
}
