package io.rollcall.statemachine.command;

import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.InstanceKey;

/** What the leader decided about one instance. It holds only while the instance has the incarnation that was judged. */
public sealed interface Verdict {

    /** Longest reason that a verdict carries, in characters. */
    int MAX_REASON_LENGTH = 256;

    /**
     * Returns which instance was judged.
     *
     * @return its key
     */
    InstanceKey key();

    /**
     * Returns which of its incarnations was judged.
     *
     * @return its incarnation
     */
    long incarnation();

    /**
     * Calls the case of this verdict.
     *
     * @param cases one method a verdict
     * @param <R> what the cases return
     * @return what the case returned
     */
    <R> R match(Cases<R> cases);

    /**
     * The instance was silent for longer than its lease: it is critical.
     *
     * @param key which
     * @param incarnation of it
     * @param silentMillis how long it was silent, in milliseconds of the leader's monotonic clock
     */
    record LeaseLapsed(InstanceKey key, long incarnation, long silentMillis) implements Verdict {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.leaseLapsed(this);
        }
    }

    /**
     * The instance beat after its lease had lapsed.
     *
     * @param key which
     * @param incarnation of it
     */
    record LeaseRevived(InstanceKey key, long incarnation) implements Verdict {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.leaseRevived(this);
        }
    }

    /**
     * The health check of the instance has come to another state.
     *
     * @param key which
     * @param incarnation of it
     * @param state what it has come to
     * @param reason why, at most {@value #MAX_REASON_LENGTH} characters
     */
    record CheckTurned(InstanceKey key, long incarnation, CheckState state, String reason) implements Verdict {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.checkTurned(this);
        }
    }

    /**
     * The instance should be critical, but the leader doubts itself: it stays as it is, flagged; or it no longer does.
     *
     * @param key which
     * @param incarnation of it
     * @param suspect whether the flag is set or taken back
     */
    record Suspected(InstanceKey key, long incarnation, boolean suspect) implements Verdict {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.suspected(this);
        }
    }

    /**
     * The instance was critical for longer than its {@code deregisterAfter}: it is removed, if nothing changed since.
     *
     * @param key which
     * @param incarnation of it
     * @param modifyIndex its last change when it was judged
     */
    record Overdue(InstanceKey key, long incarnation, long modifyIndex) implements Verdict {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.overdue(this);
        }
    }

    /**
     * One method for each verdict.
     *
     * @param <R> what they return
     */
    interface Cases<R> {
        /**
         * Handles the end of a lease.
         *
         * @param verdict it
         * @return the handler's answer
         */
        R leaseLapsed(LeaseLapsed verdict);

        /**
         * Handles a late beat.
         *
         * @param verdict it
         * @return the handler's answer
         */
        R leaseRevived(LeaseRevived verdict);

        /**
         * Handles a turn of a health check.
         *
         * @param verdict it
         * @return the handler's answer
         */
        R checkTurned(CheckTurned verdict);

        /**
         * Handles a doubt, or its end.
         *
         * @param verdict it
         * @return the handler's answer
         */
        R suspected(Suspected verdict);

        /**
         * Handles a removal.
         *
         * @param verdict it
         * @return the handler's answer
         */
        R overdue(Overdue verdict);
    }
}
