package io.rollcall.chaos.call;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.rollcall.chaos.history.InstanceRef;
import java.util.List;

/** One thing that a provider or a consumer did or was told. All times are of the driver's monotonic clock. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CallEvent.Registered.class, name = "registered"),
    @JsonSubTypes.Type(value = CallEvent.Closing.class, name = "closing"),
    @JsonSubTypes.Type(value = CallEvent.Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = CallEvent.Told.class, name = "told"),
    @JsonSubTypes.Type(value = CallEvent.Withdrawn.class, name = "withdrawn"),
    @JsonSubTypes.Type(value = CallEvent.Called.class, name = "called")
})
public sealed interface CallEvent {

    /**
     * A run of an instance: the same id may be started again, and is another run then.
     *
     * @param instance which
     * @param number of its runs, from 1
     */
    record Run(InstanceRef instance, int number) {
        @Override
        public String toString() {
            return instance + "#" + number;
        }
    }

    /**
     * A run was registered; it had been serving before.
     *
     * @param run which
     * @param incarnation that it got
     * @param atNanos when it knew
     */
    record Registered(Run run, long incarnation, long atNanos) implements CallEvent {}

    /**
     * A run begins to leave in order: it is drained and deregistered, and serves on meanwhile.
     *
     * @param run which
     * @param atNanos when it began
     */
    record Closing(Run run, long atNanos) implements CallEvent {}

    /**
     * A run does not serve any more.
     *
     * @param run which
     * @param inOrder whether it had left in order; else it died, and nobody was told
     * @param atNanos from when on it may not answer
     */
    record Ended(Run run, boolean inOrder, long atNanos) implements CallEvent {}

    /**
     * The client told a provider what became of its registration while it ran.
     *
     * @param run whose
     * @param what the name of the event
     * @param silenceNanos without an acknowledged beat until then, where that is told
     * @param atNanos when
     */
    record Told(Run run, String what, long silenceNanos, long atNanos) implements CallEvent {

        /** The lease was over, as far as the provider knows. */
        public static final String LEASE_LOST = "LeaseLost";

        /** The registry did not know it any more. */
        public static final String REREGISTERED = "Reregistered";

        /** Another one has its id. */
        public static final String SUPERSEDED = "Superseded";

        /** The registry said no. */
        public static final String REFUSED = "Refused";
    }

    /**
     * The registry's own history says that a run was passing and was so no more.
     *
     * @param run which
     * @param how the operation, and what it was after that
     * @param atNanos when, by the leader's wall clock
     */
    record Withdrawn(Run run, String how, long atNanos) implements CallEvent {}

    /**
     * A consumer looked a service up and called it.
     *
     * @param consumer who
     * @param service whom
     * @param instances how many it knew
     * @param ageMillis how old that was, as it was told
     * @param tries one after the other; none if it found nobody
     * @param fromNanos its begin
     * @param toNanos its end
     * @param why it failed; empty if it did not
     */
    record Called(
            String consumer,
            String service,
            int instances,
            long ageMillis,
            List<Try> tries,
            long fromNanos,
            long toNanos,
            String why)
            implements CallEvent {

        /** Copies the list. */
        public Called {
            tries = List.copyOf(tries);
        }
    }

    /**
     * One try of a call.
     *
     * @param target the run that was meant
     * @param answered what answered, as it calls itself; empty if nothing did
     * @param fromNanos before it
     * @param toNanos after it
     * @param why it failed; empty if it did not
     */
    record Try(Run target, String answered, long fromNanos, long toNanos, String why) {}
}
