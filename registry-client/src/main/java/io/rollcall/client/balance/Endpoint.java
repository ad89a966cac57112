package io.rollcall.client.balance;

import io.rollcall.api.model.Instance;

/** An instance as a {@link Picker} sees it: with its share now, and what this process has in flight to it. */
public final class Endpoint {

    private final Instance instance;
    private final Track track;
    private final int share;

    Endpoint(Instance instance, Track track, int share) {
        this.instance = instance;
        this.track = track;
        this.share = share;
    }

    /**
     * Returns the instance.
     *
     * @return as the registry told it last when the candidates were made
     */
    public Instance instance() {
        return instance;
    }

    /**
     * Returns how much of the calls it should get beside the others.
     *
     * @return its weight in 64ths, less while it is in slow start or in status {@code warning}; 1 or more
     */
    public int share() {
        return share;
    }

    /**
     * Returns the calls that this process has in flight to it.
     *
     * @return 0 or more, as of now
     */
    public int inFlight() {
        return track.inFlight();
    }

    Track track() {
        return track;
    }

    @Override
    public String toString() {
        return instance.key() + " share " + share + ", " + inFlight() + " in flight";
    }
}
