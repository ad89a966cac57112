package io.rollcall.chaos.checker;

import io.rollcall.chaos.call.CallEvent.Run;

/**
 * One run of an instance, and when it was what.
 *
 * @param run which
 * @param registeredNanos when its registration was acknowledged
 * @param closingNanos when it began to leave in order; {@link #NEVER} if it did not
 * @param endedNanos when it stopped serving; {@link #NEVER} if it did not
 * @param replacedNanos when the next run of the same id was registered; {@link #NEVER} if none was
 * @param inOrder whether it had left in order
 */
record Stint(Run run, long registeredNanos, long closingNanos, long endedNanos, long replacedNanos, boolean inOrder) {

    static final long NEVER = Long.MAX_VALUE;

    /** From when on the registry need not show it any more. */
    long leavesNanos() {
        return Math.min(closingNanos, endedNanos);
    }

    Stint closing(long atNanos) {
        return new Stint(run, registeredNanos, atNanos, endedNanos, replacedNanos, inOrder);
    }

    Stint ended(long atNanos, boolean leftInOrder) {
        return new Stint(run, registeredNanos, closingNanos, atNanos, replacedNanos, leftInOrder);
    }

    Stint replaced(long atNanos) {
        return new Stint(run, registeredNanos, closingNanos, endedNanos, atNanos, inOrder);
    }
}
