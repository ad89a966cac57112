package io.rollcall.chaos.lease;

import io.rollcall.chaos.history.JsonLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All that was recorded of leases in one run, in the order in which it became known. Thread-safe. */
public final class LeaseHistory {

    /** What the file of a saved history is called. */
    public static final String FILE = "leases.jsonl.gz";

    private final long startNanos = System.nanoTime();
    private final List<LeaseEvent> events = new ArrayList<>();

    /** An empty history that begins now. */
    public LeaseHistory() {}

    /**
     * Returns the time since the start.
     *
     * @return nanoseconds of a monotonic clock
     */
    public long now() {
        return System.nanoTime() - startNanos;
    }

    /**
     * Adds an event.
     *
     * @param event with times of {@link #now}
     */
    public synchronized void add(LeaseEvent event) {
        events.add(event);
    }

    /**
     * Returns all so far.
     *
     * @return a copy
     */
    public synchronized List<LeaseEvent> events() {
        return List.copyOf(events);
    }

    /**
     * Saves events.
     *
     * @param file is replaced; its folder is made if it is missing
     * @param events in any order
     */
    public static void write(Path file, List<LeaseEvent> events) {
        JsonLines.write(file, LeaseEvent.class, events);
    }

    /**
     * Reads what was saved.
     *
     * @param file as written by {@link #write}
     * @return all events, in the order of the file
     */
    public static List<LeaseEvent> read(Path file) {
        return JsonLines.read(file, LeaseEvent.class);
    }
}
