package io.rollcall.server.leader;

import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One incarnation of an instance, as long as it is checked. Guarded by the lock of the {@link HealthMonitor}. */
final class CheckedInstance {

    /** Where in the {@link CheckQueue} it is. */
    enum Place {
        /** Nowhere. */
        AWAY,
        /** Among those whose time has not come. */
        DUE_LATER,
        /** In front of the limit of all checks. */
        READY,
        /** In front of the limit of its target. */
        AT_TARGET,
        /** Its check is under way. */
        RUNNING
    }

    /** No check has begun. */
    static final long NEVER = -1;

    final InstanceKey key;
    final long incarnation;
    final Registration registration;
    final HealthCheck check;
    final CheckTally tally;
    final String target;

    /** Sets apart those that are due at the same time. */
    final long number;

    Place place = Place.AWAY;
    boolean hasTargetPermit;
    long dueNanos;

    /** When the last check began, also one of an earlier incarnation. */
    long startedNanos = NEVER;

    CheckedInstance(long incarnation, Registration registration, @Nullable CheckState known, long number) {
        this.key = registration.key();
        this.incarnation = incarnation;
        this.registration = registration;
        this.check = Objects.requireNonNull(registration.healthCheck(), "healthCheck");
        this.tally = new CheckTally(known);
        this.target = registration.host().toLowerCase(Locale.ROOT);
        this.number = number;
    }
}
