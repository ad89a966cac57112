package io.rollcall.chaos.watch;

import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the nodes of a {@link WatchStub} agree on: all changes, each with an index. Thread-safe. */
final class StubRegistry {

    private final List<Written> changes = new ArrayList<>();
    private long index = 100;

    /** Registers an instance; a null mark removes it. Returns the index. */
    synchronized long write(String service, String id, @Nullable String mark) {
        changes.add(new Written(new InstanceRef(service, id), ++index, mark));
        notifyAll();
        return index;
    }

    synchronized List<Written> changes() {
        return List.copyOf(changes);
    }

    synchronized long index() {
        return index;
    }

    /** Waits a while for a change beyond an index. */
    synchronized void await(long beyond, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; index <= beyond && left > 0; ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }

    /** The index of a service's last change up to {@code at}; 1 without one. */
    synchronized long version(String service, long at) {
        return changes.stream()
                .filter(change -> change.target().service().equals(service) && change.index() <= at)
                .mapToLong(Written::index)
                .max()
                .orElse(1);
    }

    /** The instances of a service as they are at {@code at} and were changed beyond {@code from}, as JSON. */
    synchronized String upserted(String service, long from, long at) {
        Map<String, Optional<String>> latest = latest(service, from, at);
        return latest.values().stream().flatMap(Optional::stream).collect(Collectors.joining(",", "[", "]"));
    }

    /** The ids of a service's instances that went. */
    synchronized String removed(String service, long from, long at) {
        return latest(service, from, at).entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(entry -> "\"" + entry.getKey() + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }

    synchronized List<String> services() {
        return List.copyOf(changes.stream()
                .map(change -> change.target().service())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private Map<String, Optional<String>> latest(String service, long from, long at) {
        Map<String, Optional<String>> latest = new TreeMap<>();
        changes.stream()
                .filter(change -> change.target().service().equals(service))
                .filter(change -> change.index() > from && change.index() <= at)
                .forEach(change -> latest.put(
                        change.target().id(), Optional.ofNullable(change.mark()).map(mark -> json(change, mark))));
        return latest;
    }

    private static String json(Written change, String mark) {
        return "{\"id\":\"" + change.target().id() + "\",\"modifyIndex\":" + change.index()
                + ",\"metadata\":{\"mark\":\"" + mark + "\"}}";
    }
}
