package io.rollcall.server.app;

import io.rollcall.statemachine.command.CommandResult;

/** Done, not done, or unknown. */
public sealed interface SubmitOutcome {

    /**
     * The command is committed on a majority and applied here; its result may be a refusal by the rules.
     *
     * @param result what it came to
     */
    record Committed(CommandResult result) implements SubmitOutcome {}

    /**
     * The command is certainly in no log.
     *
     * @param cause why
     * @param detail what happened, for the caller
     */
    record NotSubmitted(Cause cause, String detail) implements SubmitOutcome {

        /** Why a command did not get into the log. */
        public enum Cause {
            /** No leader could be reached in time. */
            NO_LEADER,
            /** Too many commands wait already. */
            OVERLOADED,
            /** Not every member can read it. */
            FEATURE_LEVEL,
            /** Secrets are to be sealed, and there is no key yet. */
            NO_KEYS
        }
    }

    /**
     * The command may be in the log or come into it; only a repetition under the same request id tells.
     *
     * @param detail what happened, for the caller
     */
    record Unknown(String detail) implements SubmitOutcome {}
}
