package io.rollcall.statemachine.change;

import java.util.List;

/**
 * The changes of one log entry, durable with it.
 *
 * @param logIndex Raft index of the entry
 * @param registryIndex the registry's index after it
 * @param clockMillis the replicated clock after it, milliseconds since 1970
 * @param changes in the order of their indexes; may be empty
 * @param traces of those of the changes whose traces are sampled, in the same order; mostly empty
 */
public record ChangeBatch(
        long logIndex, long registryIndex, long clockMillis, List<RegistryChange> changes, List<ChangeTrace> traces) {

    /** Copies the lists. */
    public ChangeBatch {
        changes = List.copyOf(changes);
        traces = List.copyOf(traces);
    }

    /**
     * Changes of which no trace is sampled.
     *
     * @param logIndex Raft index of the entry
     * @param registryIndex the registry's index after it
     * @param clockMillis the replicated clock after it, milliseconds since 1970
     * @param changes in the order of their indexes; may be empty
     */
    public ChangeBatch(long logIndex, long registryIndex, long clockMillis, List<RegistryChange> changes) {
        this(logIndex, registryIndex, clockMillis, changes, List.of());
    }
}
