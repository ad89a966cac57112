package io.rollcall.server.app;

import io.rollcall.api.error.Problem;
import io.rollcall.api.model.ConfigEntry;
import org.jspecify.annotations.Nullable;

/** What a write of configuration came to, or, for a dry run, would come to. */
public sealed interface ConfigOutcome {

    /**
     * Calls the case of this outcome.
     *
     * @param cases one method an outcome
     * @param <R> what the cases return
     * @return what the case returned
     */
    <R> R match(Cases<R> cases);

    /**
     * A key has a new version.
     *
     * @param index registry index of the change
     * @param entry the version, which may be a deletion
     * @param created whether the key was not there before
     */
    record Stored(long index, ConfigEntry entry, boolean created) implements ConfigOutcome {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.stored(this);
        }
    }

    /**
     * Nothing changed, or it is unknown whether; the problem's code tells which.
     *
     * @param problem why
     */
    record Rejected(Problem problem) implements ConfigOutcome {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.rejected(this);
        }
    }

    /**
     * Nothing changed, because that was asked for.
     *
     * @param would what the write would come to
     * @param before the key as it is; null if it is not there
     */
    record DryRun(Stored would, @Nullable ConfigEntry before) implements ConfigOutcome {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.dryRun(this);
        }
    }

    /**
     * One method for each outcome.
     *
     * @param <R> what they return
     */
    interface Cases<R> {
        /**
         * Handles a new version.
         *
         * @param outcome it
         * @return the handler's answer
         */
        R stored(Stored outcome);

        /**
         * Handles a rejection.
         *
         * @param outcome it
         * @return the handler's answer
         */
        R rejected(Rejected outcome);

        /**
         * Handles a dry run.
         *
         * @param outcome it
         * @return the handler's answer
         */
        R dryRun(DryRun outcome);
    }
}
