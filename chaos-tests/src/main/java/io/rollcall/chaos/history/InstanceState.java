package io.rollcall.chaos.history;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What is registered under an id.
 *
 * @param mark the request id of the registration, which the writers put into the metadata; empty: nothing is registered
 * @param incarnation of the registration; 0 where it is not known, or nothing is registered
 */
public record InstanceState(String mark, long incarnation) {

    /** Nothing is registered. */
    public static final InstanceState ABSENT = new InstanceState("", 0);

    /** The metadata key of the mark. */
    public static final String MARK = "mark";

    /**
     * Reads the state from an instance as the interface shows it.
     *
     * @param instance one object of an answer
     * @return its state
     */
    static InstanceState of(JsonNode instance) {
        return new InstanceState(
                instance.path("metadata").path(MARK).asText(),
                instance.path("incarnation").asLong());
    }

    /**
     * Tells whether what a node shows is this state.
     *
     * @param seen what a node shows
     * @return true if nothing speaks against it
     */
    boolean allows(InstanceState seen) {
        return mark.equals(seen.mark) && (incarnation == 0 || incarnation == seen.incarnation);
    }
}
