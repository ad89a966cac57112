package io.rollcall.client;

import io.rollcall.api.model.InstanceKey;

/**
 * A sign of life of one instance.
 *
 * @param instance which
 * @param incarnation the incarnation that is meant, as its registration was answered; 0 for whichever is there
 */
public record Heartbeat(InstanceKey instance, long incarnation) {

    /** Most of one call. */
    public static final int MAX_BATCH = 10_000;

    /** Checks the incarnation. */
    public Heartbeat {
        if (incarnation < 0) {
            throw new IllegalArgumentException("an incarnation is 1 or more, or 0 for any, not " + incarnation);
        }
    }

    /**
     * A sign of life of whichever incarnation is there.
     *
     * @param instance which
     * @return the beat
     */
    public static Heartbeat of(InstanceKey instance) {
        return new Heartbeat(instance, 0);
    }
}
