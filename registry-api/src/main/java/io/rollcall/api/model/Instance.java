package io.rollcall.api.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One registered instance as the registry sees it.
 *
 * @param registration what its provider said
 * @param incarnation rises at each registration of the same id; fences what was meant for an older one
 * @param status the worst of lease, check and operator's word
 * @param statusReason why, as a short sentence
 * @param statusSince since when, to the millisecond
 * @param healthySince since when it takes traffic without a break; null while it does not
 * @param suspect held back from expiry by the registry, which doubts itself; still returned
 * @param registrationTime when this incarnation was registered, by the leader's clock
 * @param createIndex registry index at which this id appeared
 * @param modifyIndex registry index of the last change
 * @param leaseLapsed whether its lease has run out since its last beat; the registry's own, never on the wire
 * @param check what its health check has come to; null if it has none, or none that has come to anything; the
 *     registry's own, never on the wire
 * @param owner identity that registered it and alone may change it, beside operators; null if nobody owns it
 */
public record Instance(
        Registration registration,
        long incarnation,
        InstanceStatus status,
        String statusReason,
        Instant statusSince,
        @Nullable Instant healthySince,
        boolean suspect,
        Instant registrationTime,
        long createIndex,
        long modifyIndex,
        boolean leaseLapsed,
        @Nullable CheckState check,
        @Nullable String owner) {

    /**
     * An instance that nobody owns.
     *
     * @param registration what its provider said
     * @param incarnation rises at each registration of the same id
     * @param status the worst of lease, check and operator's word
     * @param statusReason why, as a short sentence
     * @param statusSince since when, to the millisecond
     * @param healthySince since when it takes traffic without a break; null while it does not
     * @param suspect held back from expiry by the registry
     * @param registrationTime when this incarnation was registered
     * @param createIndex registry index at which this id appeared
     * @param modifyIndex registry index of the last change
     * @param leaseLapsed whether its lease has run out since its last beat
     * @param check what its health check has come to; null if it has none, or none that has come to anything
     */
    public Instance(
            Registration registration,
            long incarnation,
            InstanceStatus status,
            String statusReason,
            Instant statusSince,
            @Nullable Instant healthySince,
            boolean suspect,
            Instant registrationTime,
            long createIndex,
            long modifyIndex,
            boolean leaseLapsed,
            @Nullable CheckState check) {
        this(
                registration,
                incarnation,
                status,
                statusReason,
                statusSince,
                healthySince,
                suspect,
                registrationTime,
                createIndex,
                modifyIndex,
                leaseLapsed,
                check,
                null);
    }

    /**
     * An instance as the wire shows it, which nobody owns.
     *
     * @param registration what its provider said
     * @param incarnation rises at each registration of the same id
     * @param status the worst of lease, check and operator's word
     * @param statusReason why, as a short sentence
     * @param statusSince since when, to the millisecond
     * @param healthySince since when it takes traffic without a break; null while it does not
     * @param suspect held back from expiry by the registry
     * @param registrationTime when this incarnation was registered
     * @param createIndex registry index at which this id appeared
     * @param modifyIndex registry index of the last change
     */
    public Instance(
            Registration registration,
            long incarnation,
            InstanceStatus status,
            String statusReason,
            Instant statusSince,
            @Nullable Instant healthySince,
            boolean suspect,
            Instant registrationTime,
            long createIndex,
            long modifyIndex) {
        this(
                registration,
                incarnation,
                status,
                statusReason,
                statusSince,
                healthySince,
                suspect,
                registrationTime,
                createIndex,
                modifyIndex,
                false,
                null,
                null);
    }

    /**
     * Says who owns it.
     *
     * @param identity the owner
     * @return a copy of that
     */
    public Instance ownedBy(String identity) {
        return new Instance(
                registration,
                incarnation,
                status,
                statusReason,
                statusSince,
                healthySince,
                suspect,
                registrationTime,
                createIndex,
                modifyIndex,
                leaseLapsed,
                check,
                identity);
    }

    /**
     * Returns namespace, service and id.
     *
     * @return the key
     */
    public InstanceKey key() {
        return registration.key();
    }

    /**
     * Puts another registration in the place of its own.
     *
     * @param other of the same key
     * @return a copy
     */
    public Instance with(Registration other) {
        return new Instance(
                other,
                incarnation,
                status,
                statusReason,
                statusSince,
                healthySince,
                suspect,
                registrationTime,
                createIndex,
                modifyIndex,
                leaseLapsed,
                check,
                owner);
    }
}
