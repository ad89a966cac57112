package io.rollcall.chaos.lease;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.rollcall.chaos.history.InstanceRef;
import java.util.List;

/** One thing that happened to leases or checks. All times are of the driver's monotonic clock, from the history's start. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LeaseEvent.Enrolled.class, name = "enrolled"),
    @JsonSubTypes.Type(value = LeaseEvent.Beaten.class, name = "beaten"),
    @JsonSubTypes.Type(value = LeaseEvent.Silenced.class, name = "silenced"),
    @JsonSubTypes.Type(value = LeaseEvent.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = LeaseEvent.Polled.class, name = "polled"),
    @JsonSubTypes.Type(value = LeaseEvent.Led.class, name = "led"),
    @JsonSubTypes.Type(value = LeaseEvent.Disturbed.class, name = "disturbed"),
    @JsonSubTypes.Type(value = LeaseEvent.Probed.class, name = "probed")
})
public sealed interface LeaseEvent {

    /**
     * An instance was registered, and the registration acknowledged. The registration is a sign of life.
     *
     * @param instance which
     * @param incarnation that it got
     * @param ttlMillis of its lease; 0 for none
     * @param retries failures in a row of its check that are needed for {@code critical}; 0 for no check
     * @param successes of its check that are needed for {@code passing}; 0 for no check
     * @param sentNanos before the first attempt
     * @param endedNanos when it was acknowledged
     */
    record Enrolled(
            InstanceRef instance,
            long incarnation,
            long ttlMillis,
            int retries,
            int successes,
            long sentNanos,
            long endedNanos)
            implements LeaseEvent {}

    /**
     * One attempt to give a sign of life.
     *
     * @param node who was asked
     * @param instances for whom
     * @param ending how it ended for those that are not in {@code refusals}
     * @param refusals of single instances, where the rest of a batch ended otherwise
     * @param sentNanos before it was sent
     * @param endedNanos when the answer was there, or given up
     * @param why the answer if it was no success; empty otherwise
     */
    record Beaten(
            String node,
            List<InstanceRef> instances,
            BeatEnding ending,
            List<Refusal> refusals,
            long sentNanos,
            long endedNanos,
            String why)
            implements LeaseEvent {

        /** Copies the lists. */
        public Beaten {
            instances = List.copyOf(instances);
            refusals = List.copyOf(refusals);
        }
    }

    /**
     * An instance of a batch that was not renewed.
     *
     * @param instance which
     * @param code of the problem
     * @param action what the registry tells it to do; empty for nothing
     */
    record Refusal(InstanceRef instance, String code, String action) {}

    /**
     * Instances send nothing any more.
     *
     * @param instances which
     * @param atNanos from when on
     */
    record Silenced(List<InstanceRef> instances, long atNanos) implements LeaseEvent {

        /** Copies the list. */
        public Silenced {
            instances = List.copyOf(instances);
        }
    }

    /**
     * Instances that were silent beat again.
     *
     * @param instances which
     * @param atNanos from when on
     */
    record Resumed(List<InstanceRef> instances, long atNanos) implements LeaseEvent {

        /** Copies the list. */
        public Resumed {
            instances = List.copyOf(instances);
        }
    }

    /**
     * A node showed all instances, stale as it may be.
     *
     * @param node which
     * @param askedNanos before the question
     * @param answeredNanos when the answer was there
     * @param currentAsOfNanos the node's state held all that was committed anywhere before this time; what it said of its
     *     age with the answer before, since with this one the age may be told of a newer state than was shown
     * @param changes against what the same node showed before
     */
    record Polled(String node, long askedNanos, long answeredNanos, long currentAsOfNanos, List<Sighting> changes)
            implements LeaseEvent {

        /** Copies the list. */
        public Polled {
            changes = List.copyOf(changes);
        }
    }

    /**
     * A leader of a new term was seen.
     *
     * @param leader its id
     * @param term its term
     * @param lostNanos when the one before was last heard to call itself the leader
     * @param seenNanos when the new one was first named
     */
    record Led(String leader, long term, long lostNanos, long seenNanos) implements LeaseEvent {}

    /**
     * A fault was done to a node: what it was sent then may be heard late, by the end at the latest.
     *
     * @param node which
     * @param kind of the fault
     * @param fromNanos its begin
     * @param toNanos its end, after-effects included
     */
    record Disturbed(String node, String kind, long fromNanos, long toNanos) implements LeaseEvent {}

    /**
     * The target of a check answered a probe.
     *
     * @param instance whose check it was
     * @param good whether the answer was the one of a healthy target
     * @param atNanos just before it was sent
     */
    record Probed(InstanceRef instance, boolean good, long atNanos) implements LeaseEvent {}
}
