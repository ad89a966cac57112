package io.rollcall.client.provide;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.client.answer.Refusal;
import java.time.Duration;

/** What became of a live registration. */
public sealed interface RegistrationEvent {

    /**
     * Returns which instance it is about.
     *
     * @return its key
     */
    InstanceKey key();

    /**
     * It is registered for the first time.
     *
     * @param instance as the registry has it, with its incarnation
     */
    record Registered(Instance instance) implements RegistrationEvent {
        @Override
        public InstanceKey key() {
            return instance.key();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.registered(this);
        }
    }

    /**
     * It is registered again: the registry did not know it any more, or it was updated.
     *
     * @param instance as the registry has it, with its new incarnation
     */
    record Reregistered(Instance instance) implements RegistrationEvent {
        @Override
        public InstanceKey key() {
            return instance.key();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.reregistered(this);
        }
    }

    /**
     * No beat was acknowledged for two thirds of the lease. Beats go on, at all nodes.
     *
     * @param key which
     * @param silence since the last beat that was acknowledged
     */
    record LeaseAtRisk(InstanceKey key, Duration silence) implements RegistrationEvent {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.leaseAtRisk(this);
        }
    }

    /**
     * The lease is over, or the registry said that it does not know the instance: others may not find it any more. It is
     * revived or registered again as soon as a node answers.
     *
     * @param key which
     * @param silence since the last beat that was acknowledged
     */
    record LeaseLost(InstanceKey key, Duration silence) implements RegistrationEvent {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.leaseLost(this);
        }
    }

    /**
     * A beat was acknowledged after the lease was at risk or lost; the instance is the same incarnation as before.
     *
     * @param key which
     */
    record LeaseRecovered(InstanceKey key) implements RegistrationEvent {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.leaseRecovered(this);
        }
    }

    /**
     * Another process has registered the id. This one has stopped beating for it, and does not take it back.
     *
     * @param key which
     * @param incarnation of the other one; 0 if the registry did not say
     */
    record Superseded(InstanceKey key, long incarnation) implements RegistrationEvent {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.superseded(this);
        }
    }

    /**
     * The registry refused a registration, an update or a heartbeat. Told once for refusals in a row that are alike.
     *
     * @param key which
     * @param refusal why
     * @param isFinal whether it was given up; else it goes on being tried, or stays what it was before an update
     */
    record Refused(InstanceKey key, Refusal refusal, boolean isFinal) implements RegistrationEvent {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.refused(this);
        }
    }

    /**
     * Nothing is done for it any more, because this process wanted so.
     *
     * @param key which
     * @param isConfirmed whether the registry took it out; else it is gone when its lease is over
     */
    record Deregistered(InstanceKey key, boolean isConfirmed) implements RegistrationEvent {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.deregistered(this);
        }
    }

    /**
     * One function for each event.
     *
     * @param <R> what they return
     */
    interface Cases<R> {

        /**
         * It is registered for the first time.
         *
         * @param event what is known of it
         * @return the result
         */
        R registered(Registered event);

        /**
         * It is registered again.
         *
         * @param event what is known of it
         * @return the result
         */
        R reregistered(Reregistered event);

        /**
         * Its lease is nearly over.
         *
         * @param event what is known of it
         * @return the result
         */
        R leaseAtRisk(LeaseAtRisk event);

        /**
         * Its lease is over.
         *
         * @param event what is known of it
         * @return the result
         */
        R leaseLost(LeaseLost event);

        /**
         * Its lease runs again.
         *
         * @param event what is known of it
         * @return the result
         */
        R leaseRecovered(LeaseRecovered event);

        /**
         * Another process has its id.
         *
         * @param event what is known of it
         * @return the result
         */
        R superseded(Superseded event);

        /**
         * The registry refused it.
         *
         * @param event what is known of it
         * @return the result
         */
        R refused(Refused event);

        /**
         * It has ended.
         *
         * @param event what is known of it
         * @return the result
         */
        R deregistered(Deregistered event);
    }

    /**
     * Runs the function for this event.
     *
     * @param cases one for each
     * @param <R> what they return
     * @return the result
     */
    <R> R match(Cases<R> cases);
}
