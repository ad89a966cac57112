package io.rollcall.chaos.mutant;

import java.util.concurrent.atomic.AtomicBoolean;

/** Tells by a line on the standard error stream, once, that broken code has made a difference. Called by rewritten methods. */
public final class AtWork {

    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private AtWork() {}

    /**
     * Takes note that a mutant did something that the server would not have done.
     *
     * @param mutant the one of this node
     */
    public static void tell(Mutant mutant) {
        if (TOLD.compareAndSet(false, true)) {
            System.err.println(mutant.atWork());
        }
    }
}
