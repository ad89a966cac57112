package io.rollcall.chaos.lease;

import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.Outcome;

/** What is known of a sign of life once the attempt to give it has ended. */
public enum BeatEnding {
    /** The lease was renewed. */
    ACKED,
    /** The registry does not want it: it knows no such instance, or a newer incarnation of it. */
    REFUSED,
    /** No connection came about, so that nobody can have heard it. */
    UNHEARD,
    /** It may have been heard, or may be heard later. */
    UNKNOWN;

    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    /**
     * Says what an answer means for the lease. Other than a write, a beat that was answered by {@code no-leader} may
     * have been heard.
     *
     * @param outcome of one request
     * @return how it ended
     * @throws IllegalStateException if the registry takes the request for a wrong one
     */
    public static BeatEnding of(Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            return ACKED;
        }
        if (outcome instanceof Outcome.NotDone refused) {
            Answer answer = refused.answer();
            if (answer == null) {
                return UNHEARD;
            }
            if (answer.status() == NOT_FOUND || answer.status() == GONE) {
                return REFUSED;
            }
            if (!refused.retriable()) {
                throw new IllegalStateException("a beat was taken for a wrong request: " + answer);
            }
        }
        return UNKNOWN;
    }
}
