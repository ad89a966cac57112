package io.rollcall.chaos.checker;

import org.jspecify.annotations.Nullable;

/**
 * What a client asked of an object, and what it was told. Both times are of one clock that all clients of a history share.
 *
 * @param client who asked; a client has one operation under way at a time
 * @param input what was asked
 * @param output what was answered; null if nothing is known of its outcome
 * @param callNanos when it was sent first
 * @param returnNanos when the answer had come; {@link #NEVER} if none did
 * @param <I> what can be asked
 * @param <O> what can be answered
 */
public record Operation<I, O>(
        String client, I input, @Nullable O output, long callNanos, long returnNanos) {

    /** The time of an answer that never came: the operation may still take effect at any time. */
    public static final long NEVER = Long.MAX_VALUE;

    /**
     * An operation that was answered, or of which nothing is known.
     *
     * @throws IllegalArgumentException if it ends before it begins, or has an answer without a time or a time without one
     */
    public Operation {
        if (returnNanos < callNanos) {
            throw new IllegalArgumentException("an operation of " + client + " returned " + (callNanos - returnNanos)
                    + " ns before it was called");
        }
        if ((output == null) != (returnNanos == NEVER)) {
            throw new IllegalArgumentException(
                    "an operation of " + client + " has an answer or its time, but not both");
        }
    }

    /**
     * Makes an operation whose outcome is unknown.
     *
     * @param client who asked
     * @param input what was asked
     * @param callNanos when it was sent first
     * @param <I> what can be asked
     * @param <O> what can be answered
     * @return without an answer
     */
    public static <I, O> Operation<I, O> unknown(String client, I input, long callNanos) {
        return new Operation<>(client, input, null, callNanos, NEVER);
    }

    /**
     * Tells whether its outcome is unknown.
     *
     * @return true if it may have happened, may happen later, or never
     */
    public boolean isUnknown() {
        return output == null;
    }
}
