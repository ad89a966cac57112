package io.rollcall.chaos.call;

import io.rollcall.chaos.history.JsonLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All that providers and consumers did in one run, in the order in which it became known. Thread-safe. */
public final class CallHistory {

    /** What the file of a saved history is called. */
    public static final String FILE = "calls.jsonl.gz";

    private final List<CallEvent> events = new ArrayList<>();

    /** An empty history. */
    public CallHistory() {}

    /**
     * Adds an event.
     *
     * @param event with times of one clock
     */
    public synchronized void add(CallEvent event) {
        events.add(event);
    }

    /**
     * Returns all so far.
     *
     * @return a copy
     */
    public synchronized List<CallEvent> events() {
        return List.copyOf(events);
    }

    /**
     * Saves events.
     *
     * @param file is replaced; its folder is made if it is missing
     * @param events in any order
     */
    public static void write(Path file, List<CallEvent> events) {
        JsonLines.write(file, CallEvent.class, events);
    }

    /**
     * Reads what was saved.
     *
     * @param file as written by {@link #write}
     * @return all events, in the order of the file
     */
    public static List<CallEvent> read(Path file) {
        return JsonLines.read(file, CallEvent.class);
    }
}
