package io.rollcall.statemachine.state;

import io.rollcall.statemachine.command.CommandResult;

/**
 * A request that was applied, remembered so that its repetition gets the same result.
 *
 * @param requestId its identity
 * @param fingerprint digest of its content; empty if the registry chose the id
 * @param appliedAtMillis when, milliseconds since 1970 by the replicated clock
 * @param result what it came to
 */
public record RequestRecord(String requestId, String fingerprint, long appliedAtMillis, CommandResult result) {}
