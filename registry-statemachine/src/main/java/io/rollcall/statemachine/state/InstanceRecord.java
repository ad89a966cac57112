package io.rollcall.statemachine.state;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.api.model.Registration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A registered instance as stored. Times are milliseconds since 1970 by the registry's replicated clock.
 *
 * @param registration what its provider said
 * @param incarnation registry index of its registration
 * @param createIndex registry index at which the id appeared
 * @param modifyIndex registry index of its last change
 * @param registeredAtMillis when this incarnation was registered
 * @param status what lease, check and operator come to
 * @param statusReason why
 * @param statusSinceMillis since when
 * @param healthySinceMillis since when it takes traffic; 0 while it does not
 * @param operatorWord what an operator said; null if nothing
 * @param vitals what the leader's verdicts have made of it
 * @param owner identity that registered it and alone may change it, beside operators; null if nobody owns it
 */
public record InstanceRecord(
        Registration registration,
        long incarnation,
        long createIndex,
        long modifyIndex,
        long registeredAtMillis,
        InstanceStatus status,
        String statusReason,
        long statusSinceMillis,
        long healthySinceMillis,
        @Nullable OperatorWord operatorWord,
        Vitals vitals,
        @Nullable String owner) {

    /**
     * Returns namespace, service and id.
     *
     * @return the key
     */
    public InstanceKey key() {
        return registration.key();
    }

    /**
     * Puts another registration in the place of its own: the same with other seals, or opened.
     *
     * @param other the registration
     * @return a copy
     */
    public InstanceRecord with(Registration other) {
        return new InstanceRecord(
                other,
                incarnation,
                createIndex,
                modifyIndex,
                registeredAtMillis,
                status,
                statusReason,
                statusSinceMillis,
                healthySinceMillis,
                operatorWord,
                vitals,
                owner);
    }

    /**
     * Returns what readers see.
     *
     * @return the instance
     */
    public Instance toInstance() {
        return new Instance(
                registration,
                incarnation,
                status,
                statusReason,
                Instant.ofEpochMilli(statusSinceMillis),
                healthySinceMillis == 0 ? null : Instant.ofEpochMilli(healthySinceMillis),
                vitals.suspect(),
                Instant.ofEpochMilli(registeredAtMillis),
                createIndex,
                modifyIndex,
                vitals.leaseLapsed(),
                vitals.check(),
                owner);
    }
}
