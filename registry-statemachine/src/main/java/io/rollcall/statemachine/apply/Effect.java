package io.rollcall.statemachine.apply;

import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.state.Mutation;
import java.util.List;

/**
 * What a command comes to: nothing is written by the rules themselves.
 *
 * @param mutations what to write
 * @param changes what to tell
 * @param result what to answer
 */
public record Effect(List<Mutation> mutations, List<RegistryChange> changes, CommandResult result) {

    /** Copies the lists. */
    public Effect {
        mutations = List.copyOf(mutations);
        changes = List.copyOf(changes);
    }

    /**
     * Nothing but an answer.
     *
     * @param result the answer
     * @return the effect
     */
    public static Effect only(CommandResult result) {
        return new Effect(List.of(), List.of(), result);
    }
}
