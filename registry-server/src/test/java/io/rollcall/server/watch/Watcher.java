package io.rollcall.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A reader of one stream after another, which puts together what it is told and holds each event against what was true:
 * its beginning is where the last one ended, and what it makes of the state is what the registry held then.
 */
final class Watcher {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One event of the wire. */
    record Event(String type, Long id, JsonNode data) {}

    private final Registry registry;
    private final Interest interest;
    private final List<ServiceKey> services;
    final List<Event> events = new ArrayList<>();
    private final Map<String, Map<String, Long>> states = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, Long> safeVersions = new HashMap<>();
    private final Set<String> resumedServices = new HashSet<>();
    private boolean slow;
    private boolean isStrict = true;
    long safe;
    Sink sink;

    Watcher(Registry registry, Interest interest, String... services) {
        this.registry = registry;
        this.interest = interest;
        this.services = List.of(services).stream()
                .map(name -> ServiceKey.of("default", name))
                .toList();
    }

    /** Begins at a node, or goes on there where the last stream ended. */
    Watcher watch(Node node) {
        var admission = open(node);
        node.settle();
        assertThat(admission).isCompletedWithValue(Admission.DONE);
        return this;
    }

    /** The same, but lets the hub do nothing yet. */
    CompletableFuture<Admission> open(Node node) {
        sink = new Sink();
        if (safe == 0) {
            versions.clear();
            states.clear();
        }
        resumedServices.addAll(versions.keySet());
        var order =
                new StreamOrder(Namespace.DEFAULT, services, interest, safe, new Subscriber("test", "127.0.0.1:1", 0));
        return node.hub.open(order, sink);
    }

    /** Where changes were lost, nodes need not agree on what was the last one before. */
    Watcher lenient() {
        isStrict = false;
        return this;
    }

    /** A slow one takes no bytes until it reads. */
    void slow(boolean isSlow) {
        slow = isSlow;
        if (!isSlow) {
            read();
        }
    }

    void read() {
        for (var done = sink.unread.poll(); done != null; done = sink.unread.poll()) {
            done.accept(null);
        }
    }

    boolean isStuck() {
        return !sink.unread.isEmpty();
    }

    /** Holds what it has put together against what is true now. */
    void knowsAll() {
        var all = services.isEmpty()
                ? registry.history.lastEntry().getValue().services().keySet()
                : services;
        all.forEach(service -> assertThat(state(service.name().value()))
                .as("%s by %s", service, interest)
                .isEqualTo(registry.selected(service, interest, registry.index())));
    }

    Map<String, Long> state(String service) {
        return states.getOrDefault(service, Map.of());
    }

    List<String> types() {
        return events.stream().map(Event::type).toList();
    }

    Event last() {
        return events.get(events.size() - 1);
    }

    private void take(String text) {
        for (var block : text.split("\n\n", 0)) {
            String type = null;
            Long id = null;
            JsonNode data = null;
            for (var line : block.split("\n", 0)) {
                var value = line.substring(line.indexOf(' ') + 1);
                switch (line.substring(0, line.indexOf(':'))) {
                    case "event" -> type = value;
                    case "id" -> id = Long.parseLong(value);
                    case "data" -> data = parse(value);
                    default -> throw new AssertionError("unexpected line: " + line);
                }
            }
            var event = new Event(type, id, data);
            events.add(event);
            check(event);
        }
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    private void check(Event event) {
        if (event.id() != null) {
            assertThat(event.id()).as("ids never fall: %s", event).isGreaterThanOrEqualTo(safe);
        }
        switch (event.type()) {
            case "snapshot" -> snapshot(event.data());
            case "change" -> change(event.data());
            case "sync" -> assertThat(event.data().path("index").asLong()).isEqualTo(event.id());
            default -> throw new AssertionError("unexpected event: " + event);
        }
        if (event.id() != null && event.id() > safe) {
            safe = event.id();
            safeVersions.clear();
            safeVersions.putAll(versions);
        } else if (event.type().equals("snapshot")) {
            // Where others would begin that know more of the past than this node is not said.
            safeVersions.remove(event.data().path("service").asText());
        }
    }

    private void snapshot(JsonNode data) {
        var service = data.path("service").asText();
        assertThat(data.path("subscription").asText()).isEqualTo(sink.subscription);
        var state = new TreeMap<String, Long>();
        data.path("instances")
                .forEach(instance -> state.put(
                        instance.path("id").asText(),
                        instance.path("modifyIndex").asLong()));
        reached(service, data.path("index").asLong(), state);
    }

    private void change(JsonNode data) {
        var service = data.path("service").asText();
        var from = data.path("from").asLong();
        assertThat(versions).as("a change of what was never shown: %s", data).containsKey(service);
        if (resumedServices.contains(service)) {
            // A stream may end in the midst of events that belong together; the next one begins before them.
            assertThat(from).as("the chain of %s: %s", service, data).isLessThanOrEqualTo(versions.get(service));
            if (isStrict && safeVersions.containsKey(service)) {
                assertThat(from).as("the chain of %s: %s", service, data).isEqualTo(safeVersions.get(service));
            }
        } else {
            assertThat(from).as("the chain of %s: %s", service, data).isEqualTo(versions.get(service));
        }
        assertThat(data.path("to").asLong()).isGreaterThan(from).isGreaterThanOrEqualTo(versions.get(service));
        var state = new TreeMap<>(states.get(service));
        data.path("upserted")
                .forEach(instance -> state.put(
                        instance.path("id").asText(),
                        instance.path("modifyIndex").asLong()));
        data.path("removed").forEach(id -> state.remove(id.asText()));
        reached(service, data.path("to").asLong(), state);
    }

    private void reached(String service, long version, Map<String, Long> state) {
        assertThat(state)
                .as("%s at %d by %s", service, version, last())
                .isEqualTo(registry.selected(ServiceKey.of("default", service), interest, version));
        states.put(service, state);
        versions.put(service, version);
        resumedServices.remove(service);
    }

    /** One connection. */
    final class Sink implements EventSink {

        String subscription;
        final Queue<Consumer<Throwable>> unread = new ArrayDeque<>();
        boolean hasEnded;
        boolean isCut;

        @Override
        public void begin(String name, long applied) {
            subscription = name;
        }

        @Override
        public void write(List<ByteBuffer> parts, Consumer<Throwable> done) {
            assertThat(unread).as("one write at a time").isEmpty();
            var text = new StringBuilder();
            parts.forEach(part -> text.append(StandardCharsets.UTF_8.decode(part.duplicate())));
            if (sink == this) {
                take(text.toString());
            }
            if (slow) {
                unread.add(done);
            } else {
                done.accept(null);
            }
        }

        @Override
        public void end() {
            hasEnded = true;
        }

        @Override
        public void cut() {
            isCut = true;
        }
    }
}
