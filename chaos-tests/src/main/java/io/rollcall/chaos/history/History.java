package io.rollcall.chaos.history;

import java.util.ArrayList;
import java.util.List;

/** All that the clients of a run observed, in the order in which they learnt it. Thread-safe. */
public final class History {

    private final long startNanos = System.nanoTime();
    private final List<Observation> observations = new ArrayList<>();

    /** An empty history that begins now. */
    public History() {}

    /**
     * Returns the time since the start.
     *
     * @return nanoseconds of a monotonic clock
     */
    public long now() {
        return System.nanoTime() - startNanos;
    }

    /**
     * Adds one.
     *
     * @param observation with times of {@link #now}
     */
    public synchronized void add(Observation observation) {
        observations.add(observation);
    }

    /**
     * Returns all so far.
     *
     * @return a copy
     */
    public synchronized List<Observation> observations() {
        return List.copyOf(observations);
    }

    /**
     * Counts them.
     *
     * @return 0 or more
     */
    public synchronized int size() {
        return observations.size();
    }
}
