package io.rollcall.chaos.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.chaos.history.InstanceState;

/**
 * What a watcher holds of an instance.
 *
 * @param modifyIndex of its last change
 * @param mark the request id of its registration; empty where there is none
 */
public record Held(long modifyIndex, String mark) {

    /**
     * Reads an instance of an answer or event.
     *
     * @param instance the JSON object
     * @return what identifies this state of it
     */
    public static Held of(JsonNode instance) {
        return new Held(
                instance.path("modifyIndex").asLong(-1),
                instance.path("metadata").path(InstanceState.MARK).asText());
    }
}
