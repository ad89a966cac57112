package io.rollcall.api.model;

/**
 * What an operator said of an instance; it beats lease and check and outlives a new registration of the same id.
 *
 * @param status {@link InstanceStatus#MAINTENANCE} or {@link InstanceStatus#DRAINING}
 * @param reason why, at most {@value #MAX_REASON_LENGTH} characters; may be empty
 */
public record OperatorWord(InstanceStatus status, String reason) {

    /** Longest reason, in characters. */
    public static final int MAX_REASON_LENGTH = 256;

    /**
     * Checks the status.
     *
     * @throws InvalidRequestException naming {@code status}
     */
    public OperatorWord {
        if (status != InstanceStatus.MAINTENANCE && status != InstanceStatus.DRAINING) {
            throw new InvalidRequestException(new Violation("status", "must be maintenance or draining"));
        }
    }
}
