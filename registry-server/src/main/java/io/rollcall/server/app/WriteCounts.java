package io.rollcall.server.app;

import io.rollcall.statemachine.command.CommandResult;
import java.util.concurrent.atomic.LongAdder;

/** What this node's callers have registered and deregistered, as they were answered. Thread-safe. */
public final class WriteCounts {

    private final LongAdder registered = new LongAdder();
    private final LongAdder deregistered = new LongAdder();
    private final Measured registrationNanos = new Measured();

    WriteCounts() {}

    void count(CommandResult result, long nanos) {
        if (result instanceof CommandResult.Registered) {
            registered.increment();
            registrationNanos.add(nanos);
        } else if (result instanceof CommandResult.BatchRegistered batch) {
            if (batch.applied()) {
                registered.add(batch.items().stream()
                        .filter(CommandResult.Registered.class::isInstance)
                        .count());
            }
            registrationNanos.add(nanos);
        } else if (result instanceof CommandResult.Deregistered) {
            deregistered.increment();
        } else if (result instanceof CommandResult.DeregisteredMany many) {
            deregistered.add(many.removed());
        }
    }

    /**
     * Returns how many registrations were acknowledged.
     *
     * @return since the start; each item of a batch is one
     */
    public long registered() {
        return registered.sum();
    }

    /**
     * Returns how many deregistrations were acknowledged.
     *
     * @return since the start; each instance of a deregistration of many is one
     */
    public long deregistered() {
        return deregistered.sum();
    }

    /**
     * Returns how long acknowledged registrations took, a batch as one.
     *
     * @return nanoseconds, from the command to its result
     */
    public Measured registrationNanos() {
        return registrationNanos;
    }
}
