package io.rollcall.chaos.lease;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.chaos.history.InstanceRef;

/**
 * What a node showed of an instance.
 *
 * @param instance which
 * @param status its status; {@value #ABSENT} if it was not there
 * @param suspect whether the expiry governor held it
 */
public record Sighting(InstanceRef instance, String status, boolean suspect) {

    /** The status of what is not registered. */
    public static final String ABSENT = "absent";

    private static final String PASSING = "passing";
    private static final String CRITICAL = "critical";

    /**
     * Reads an instance of an answer.
     *
     * @param instance the JSON object
     * @return what it shows
     */
    public static Sighting of(JsonNode instance) {
        return new Sighting(
                new InstanceRef(
                        instance.path("name").asText(), instance.path("id").asText()),
                instance.path("status").asText(),
                instance.path("suspect").asBoolean());
    }

    /**
     * An instance that is not there.
     *
     * @param instance which
     * @return the sighting
     */
    public static Sighting absent(InstanceRef instance) {
        return new Sighting(instance, ABSENT, false);
    }

    /**
     * Tells whether discovery returned it as one without fault.
     *
     * @return true for {@code passing}
     */
    @JsonIgnore
    public boolean isPassing() {
        return PASSING.equals(status);
    }

    /**
     * Tells whether it was given up.
     *
     * @return true for {@code critical}
     */
    @JsonIgnore
    public boolean isCritical() {
        return CRITICAL.equals(status);
    }

    /**
     * Tells whether it was not registered.
     *
     * @return true for {@value #ABSENT}
     */
    @JsonIgnore
    public boolean isAbsent() {
        return ABSENT.equals(status);
    }

    /**
     * Tells whether it was given up or removed.
     *
     * @return true where its lease must have lapsed, or its check failed
     */
    @JsonIgnore
    public boolean isGone() {
        return isCritical() || isAbsent();
    }
}
