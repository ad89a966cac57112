package io.rollcall.statemachine.apply;

import org.jspecify.annotations.Nullable;

/**
 * What happens when a promise of our own code or of the storage is broken. In production the process halts: a replica
 * that goes on could answer what is not true, and its restart replays the log from what is durable.
 */
public interface FaultHandler {

    /**
     * Handles a fault.
     *
     * @param message what was broken, where
     * @param cause the error, if there is one
     * @return an exception to throw where the handler of a test returns
     */
    RuntimeException fatal(String message, @Nullable Throwable cause);
}
