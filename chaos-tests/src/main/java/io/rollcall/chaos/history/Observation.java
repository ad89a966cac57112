package io.rollcall.chaos.history;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Map;

/**
 * One thing that a client asked for, and what it was told. Times are of the driver's monotonic clock, counted from the
 * history's start.
 *
 * @param session who asked; a session has one request under way at a time, and ends with a request of unknown outcome
 * @param node which node answered last
 * @param action what was asked
 * @param target of which instance; of a list, the service with an empty id
 * @param value what a write registers, unique; empty for everything else
 * @param expected of a {@link Action#SWAP}: the value that has to be there
 * @param linearizable whether a read was to be linearizable
 * @param minIndex which index a read had to wait for; 0 for none
 * @param verdict what is known of it
 * @param calledNanos before the first attempt
 * @param returnedNanos after the last attempt
 * @param attempts how many were sent
 * @param index of the change; of an answer to a read its version; -1 without one
 * @param applied how far the answering node was; -1 without that
 * @param incarnations of what was registered or seen, by id
 * @param seen of a read that is done: the values that were there, by id
 * @param why the last answer that was no success; empty without one
 */
public record Observation(
        String session,
        String node,
        Action action,
        InstanceRef target,
        String value,
        String expected,
        boolean linearizable,
        long minIndex,
        Verdict verdict,
        long calledNanos,
        long returnedNanos,
        int attempts,
        long index,
        long applied,
        Map<String, Long> incarnations,
        Map<String, String> seen,
        String why) {

    /** What can be asked. */
    public enum Action {
        /** Register, whatever is there. */
        REGISTER,
        /** Register, if nothing is there. */
        CREATE,
        /** Register, if what is expected is there. */
        SWAP,
        /** Deregister. */
        DEREGISTER,
        /** Read one instance. */
        READ,
        /** Read all instances of a service. */
        LIST
    }

    /** How the sessions of the reading begin that ends a history. */
    public static final String FINAL = "final-";

    /** Copies what was seen. */
    public Observation {
        incarnations = Map.copyOf(incarnations);
        seen = Map.copyOf(seen);
    }

    /**
     * Tells whether it changes anything.
     *
     * @return false for reads
     */
    @JsonIgnore
    public boolean isWrite() {
        return action != Action.READ && action != Action.LIST;
    }

    /**
     * Tells whether the instance is there after it, if it was done.
     *
     * @return true for the three ways to register
     */
    public boolean registers() {
        return isWrite() && action != Action.DEREGISTER;
    }

    /**
     * Tells whether it belongs to the reading that ends a history, when nobody writes any more.
     *
     * @return true if it does
     */
    @JsonIgnore
    public boolean isFinal() {
        return session.startsWith(FINAL);
    }
}
