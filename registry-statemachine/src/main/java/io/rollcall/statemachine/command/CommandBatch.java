package io.rollcall.statemachine.command;

import java.util.List;

/**
 * The commands of one log entry, in the order in which they are applied.
 *
 * @param proposedAtMillis the proposing leader's wall clock, milliseconds since 1970
 * @param commands at least one
 */
public record CommandBatch(long proposedAtMillis, List<Command> commands) {

    /** Copies the list. */
    public CommandBatch {
        commands = List.copyOf(commands);
    }

    /**
     * Tells whether the trace of one of the commands is sampled.
     *
     * @return mostly false
     */
    public boolean isSampled() {
        for (Command command : commands) {
            if (command.header().isSampled()) {
                return true;
            }
        }
        return false;
    }
}
