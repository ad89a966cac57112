package io.rollcall.chaos.watch;

import io.rollcall.api.http.Paths;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A client of the watch: one stream after the other, each resumed where the one before broke off. Thread-safe. */
public final class Watcher {

    private static final String WATCH = Paths.BASE + "/watch";

    private final String name;
    private final List<String> services;
    private final boolean smallSocket;
    private final List<Step> steps = new ArrayList<>();
    private volatile long lastId = -1;
    private volatile boolean open;
    private volatile int bytesPerSecond;
    private volatile long snapshots;

    /**
     * A watcher without a stream.
     *
     * @param name for the node and for findings
     * @param services what it watches; empty: all
     * @param smallSocket whether little waits in its socket for being read
     */
    Watcher(String name, List<String> services, boolean smallSocket) {
        this.name = name;
        this.services = List.copyOf(services);
        this.smallSocket = smallSocket;
    }

    /**
     * Returns its name.
     *
     * @return unique within a fleet
     */
    public String name() {
        return name;
    }

    /**
     * Returns what it watches.
     *
     * @return names; empty: all
     */
    public List<String> services() {
        return services;
    }

    /**
     * Returns the newest id that it was told.
     *
     * @return -1 before the first
     */
    public long lastId() {
        return lastId;
    }

    /**
     * Tells whether a node streams to it.
     *
     * @return false between two streams
     */
    public boolean isOpen() {
        return open;
    }

    /**
     * Returns how many snapshots it was told, over all its streams.
     *
     * @return 0 or more
     */
    public long snapshots() {
        return snapshots;
    }

    /**
     * Lets it read slowly from now on, or as fast as it can again.
     *
     * @param limit bytes a second; 0: no limit
     */
    public void readAtMost(int limit) {
        bytesPerSecond = limit;
    }

    boolean hasSmallSocket() {
        return smallSocket;
    }

    int bytesPerSecond() {
        return bytesPerSecond;
    }

    /** All so far. */
    synchronized Story story() {
        return new Story(name, services, steps);
    }

    synchronized void opened(String node) {
        open = true;
        steps.add(new Step.Opened(node, lastId));
    }

    synchronized void told(long id, Frame frame) {
        steps.add(new Step.Told(id, frame));
        if (id >= 0) {
            lastId = id;
        }
        if (frame instanceof Frame.Snapshot) {
            snapshots++;
        }
    }

    synchronized void ended(String why) {
        if (open) {
            open = false;
            steps.add(new Step.Ended(why));
        }
    }

    /** The request for the next stream. */
    byte[] request(String host) {
        String query = services.stream().map(service -> "service=" + service).collect(Collectors.joining("&"));
        String resume = lastId < 0 ? "" : "Last-Event-ID: " + lastId + "\r\n";
        return ("GET " + WATCH + (query.isEmpty() ? "" : "?" + query) + " HTTP/1.1\r\nHost: " + host
                        + "\r\nAccept: text/event-stream\r\nRegistry-Subscriber: " + name + "\r\n" + resume + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
