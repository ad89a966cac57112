package io.rollcall.statemachine.change;

import java.util.List;

/**
 * The changes of one log entry, durable with it.
 *
 * @param logIndex Raft index of the entry
 * @param registryIndex the registry's index after it
 * @param clockMillis the replicated clock after it, milliseconds since 1970
 * @param changes in the order of their indexes; may be empty
 */
public record ChangeBatch(long logIndex, long registryIndex, long clockMillis, List<RegistryChange> changes) {

    /** Copies the list. */
    public ChangeBatch {
        changes = List.copyOf(changes);
    }
}
