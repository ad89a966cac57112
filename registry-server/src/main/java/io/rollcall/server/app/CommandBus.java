package io.rollcall.server.app;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The way of a command into the log, from any node. */
public interface CommandBus {

    /**
     * Submits a command and waits until this node has applied it.
     *
     * @param command with its request id; submitted again under it as often as needed, applied once
     * @param deadline how long to try
     * @return never fails; completed at the deadline at the latest
     */
    CompletableFuture<SubmitOutcome> submit(Command command, Duration deadline);

    /**
     * Evaluates a command against this node's state; nothing is appended.
     *
     * @param command what would be submitted
     * @return what it would come to
     */
    CommandResult preview(Command command);
}
