package io.rollcall.api.model;

/** What was done to an instance, as its history tells it. */
public enum Operation {
    /** It was registered; the id was free. */
    REGISTERED("registered"),
    /** It was registered in the place of an earlier incarnation. */
    REPLACED("replaced"),
    /** It was deregistered. */
    DEREGISTERED("deregistered"),
    /** An operator put it into maintenance or lets it drain. */
    OPERATOR_WORD_SET("operator-word-set"),
    /** An operator took his word back. */
    OPERATOR_WORD_CLEARED("operator-word-cleared"),
    /** The leader saw its lease run out. */
    LEASE_LAPSED("lease-lapsed"),
    /** It beat again after its lease had run out. */
    LEASE_REVIVED("lease-revived"),
    /** Its health check came to another state. */
    CHECK_TURNED("check-turned"),
    /** The leader doubts, and holds it. */
    SUSPECTED("suspected"),
    /** The doubt ended. */
    SUSPICION_ENDED("suspicion-ended"),
    /** The leader removed it: it had been critical for too long. */
    EXPIRED("expired");

    private final String wireName;

    Operation(String wireName) {
        this.wireName = wireName;
    }

    /**
     * Returns the name used on the wire, in the log and in the store.
     *
     * @return such as {@code lease-lapsed}
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Tells whether the instance was gone after it.
     *
     * @return true for {@link #DEREGISTERED} and {@link #EXPIRED}
     */
    public boolean isRemoval() {
        return this == DEREGISTERED || this == EXPIRED;
    }
}
