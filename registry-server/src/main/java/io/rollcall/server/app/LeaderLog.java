package io.rollcall.server.app;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** This member's own log, for what its leader duties decide. Nothing of it is ever handed to another member. */
public interface LeaderLog {

    /**
     * Confirms with a majority, asked after the call, that this member leads.
     *
     * @return a log index such that a member that has applied it holds all that was acknowledged before the call; fails
     *     if this member does not lead or cannot prove it
     */
    CompletableFuture<Long> confirm();

    /**
     * Waits until this member has applied a log entry.
     *
     * @param logIndex of the entry
     * @param deadline how long to wait
     * @return true if it has, false if not in time; never fails
     */
    CompletableFuture<Boolean> applied(long logIndex, Duration deadline);

    /**
     * Appends a command that its own term fences. It is tried once.
     *
     * @param command fenced
     * @return its result once it is committed and applied here; fails if it is not known to be
     */
    CompletableFuture<CommandResult> append(Command command);
}
