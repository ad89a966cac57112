package io.rollcall.statemachine.ratis;

import io.rollcall.statemachine.command.CommandBatch;
import io.rollcall.statemachine.command.CommandResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry that was applied here and holds a command whose trace is sampled. Times are by {@link System#nanoTime} and for
 * telemetry alone.
 *
 * @param term Raft term
 * @param logIndex Raft index
 * @param batch its commands
 * @param results what they came to, one each
 * @param proposedNanos when this member made the entry; null if another one did
 * @param beganNanos when applying it began: it was committed, and this member knew
 * @param endedNanos when it was in the database, and readers of this member had been told
 */
public record TracedEntry(
        long term,
        long logIndex,
        CommandBatch batch,
        List<CommandResult> results,
        @Nullable Long proposedNanos,
        long beganNanos,
        long endedNanos) {

    /** Copies the list. */
    public TracedEntry {
        results = List.copyOf(results);
    }
}
