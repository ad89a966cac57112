package io.rollcall.chaos.history;

/** What is known of a write after its last attempt. */
public enum Verdict {
    /** Acknowledged. */
    DONE,
    /** Every attempt was answered by a promise that nothing was done, or reached nobody. */
    NOT_DONE,
    /** An attempt may have been done, or may be done later. */
    UNKNOWN,
    /** Refused by a rule, which a planned write never is: a fault. */
    REFUSED
}
