package io.rollcall.chaos.report;

import io.rollcall.chaos.client.Outcome;

/** How an operation ended, as far as its caller knows. */
public enum Ending {
    /** It was answered as done. */
    ACKNOWLEDGED,
    /** It was answered as not done. */
    NOT_DONE,
    /** Nobody knows. */
    UNKNOWN;

    /**
     * Tells how a request ended.
     *
     * @param outcome what is known of it
     * @return the ending
     */
    public static Ending of(Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            return ACKNOWLEDGED;
        }
        return outcome instanceof Outcome.NotDone ? NOT_DONE : UNKNOWN;
    }
}
