package io.rollcall.server.app;

import io.rollcall.api.error.Problem;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a write came to, or, for a dry run, would come to. */
public sealed interface WriteOutcome {

    /**
     * Calls the case of this outcome.
     *
     * @param cases one method an outcome
     * @param <R> what the cases return
     * @return what the case returned
     */
    <R> R match(Cases<R> cases);

    /**
     * An instance was registered, or changed by an operator.
     *
     * @param index registry index of the change
     * @param instance as it is now
     * @param created whether it was not registered before
     */
    record Stored(long index, Instance instance, boolean created) implements WriteOutcome {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.stored(this);
        }
    }

    /**
     * An instance was removed.
     *
     * @param index registry index of the change
     * @param key which
     */
    record Removed(long index, InstanceKey key) implements WriteOutcome {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.removed(this);
        }
    }

    /**
     * Instances were removed.
     *
     * @param index registry index of the last change
     * @param count how many
     * @param refused how many were left alone because another identity owns them
     */
    record RemovedMany(long index, int count, int refused) implements WriteOutcome {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.removedMany(this);
        }
    }

    /**
     * A batch was gone through.
     *
     * @param index registry index of its last change
     * @param applied false if an atomic batch was refused as a whole
     * @param items one an item, in order; each {@link Stored} or {@link Rejected}
     */
    record Batch(long index, boolean applied, List<WriteOutcome> items) implements WriteOutcome {
        /** Copies the list. */
        public Batch {
            items = List.copyOf(items);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.batch(this);
        }
    }

    /**
     * Nothing changed, or it is unknown whether; the problem's code tells which.
     *
     * @param problem why
     */
    record Rejected(Problem problem) implements WriteOutcome {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.rejected(this);
        }
    }

    /**
     * Nothing changed, because that was asked for.
     *
     * @param would what the write would come to; never a rejection
     * @param before the instance as it is; null if there is none, or if the write is about many
     */
    record DryRun(WriteOutcome would, @Nullable Instance before) implements WriteOutcome {
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
         * Handles a stored instance.
         *
         * @param outcome it
         * @return the handler's answer
         */
        R stored(Stored outcome);

        /**
         * Handles a removed instance.
         *
         * @param outcome it
         * @return the handler's answer
         */
        R removed(Removed outcome);

        /**
         * Handles removed instances.
         *
         * @param outcome it
         * @return the handler's answer
         */
        R removedMany(RemovedMany outcome);

        /**
         * Handles a batch.
         *
         * @param outcome it
         * @return the handler's answer
         */
        R batch(Batch outcome);

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
