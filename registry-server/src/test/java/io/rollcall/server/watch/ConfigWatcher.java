package io.rollcall.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.Namespace;
import io.rollcall.server.view.ConfigScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A reader of one stream of configuration after another. It holds each event against what was changed: behind a snapshot
 * it is told of each change of its keys, once, in order, each from where the one before ended.
 */
final class ConfigWatcher {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One event of the wire. */
    record Event(String type, Long id, JsonNode data, int bytes) {}

    private final Registry registry;
    final ConfigScope scope;
    final List<Event> events = new ArrayList<>();
    private final Map<String, Long> pieces = new TreeMap<>();
    private boolean slow;
    private boolean isInPieces;
    int snapshots;
    /** Where the last event ended that was whole; 0 if there was none. */
    long told;

    // How many of the changes of all keys are not behind that.
    private int seen;

    long safe;
    Sink sink;

    ConfigWatcher(Registry registry, String prefix) {
        this.registry = registry;
        this.scope = ConfigScope.prefix(Namespace.DEFAULT, prefix);
    }

    /** Begins at a node, or goes on there where the last stream ended. */
    ConfigWatcher watch(Node node) {
        sink = new Sink();
        isInPieces = false;
        if (safe == 0) {
            told = 0;
            seen = 0;
        }
        var admission = node.hub.open(new ConfigOrder(scope, safe, new Subscriber("test", "127.0.0.1:1", 0)), sink);
        node.settle();
        assertThat(admission).isCompletedWithValue(Admission.DONE);
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

    /** Holds how far it is against the last change of its keys. */
    void knowsAll() {
        assertThat(isInPieces).isFalse();
        assertTold(lastChangeUpTo(Long.MAX_VALUE), told);
    }

    /** Where keys were forgotten, a beginning is at the last of them at least. */
    private void assertTold(long lastChange, long index) {
        if (registry.hasForgotten) {
            assertThat(index).as("%s, last %s", scope, last()).isGreaterThanOrEqualTo(lastChange);
        } else {
            assertThat(index).as("%s, last %s", scope, last()).isEqualTo(lastChange);
        }
    }

    List<String> types() {
        return events.stream().map(Event::type).toList();
    }

    Event last() {
        return events.get(events.size() - 1);
    }

    private long lastChangeUpTo(long index) {
        return registry.configChanges.stream()
                .filter(change -> change.modifyIndex() <= index && scope.holds(change.key()))
                .mapToLong(ConfigEntry::modifyIndex)
                .max()
                .orElse(1);
    }

    private ConfigEntry nextChange() {
        var changes = registry.configChanges;
        while (seen < changes.size()
                && (changes.get(seen).modifyIndex() <= told
                        || !scope.holds(changes.get(seen).key()))) {
            seen++;
        }
        return seen == changes.size() ? null : changes.get(seen);
    }

    /** Whether the store does not keep all versions of a key back to where this is. */
    private boolean isForgotten() {
        return registry.versions.entrySet().stream()
                .filter(key -> scope.holds(key.getKey()))
                .anyMatch(key -> key.getValue().stream()
                        .filter(version -> version.modifyIndex() > told)
                        .findFirst()
                        .filter(first ->
                                first.version() > 1 && registry.version(key.getKey(), first.version() - 1) == null)
                        .isPresent());
    }

    private Map<String, Long> keysAt(long index) {
        var keys = new TreeMap<String, Long>();
        for (var change : registry.configChanges) {
            if (change.modifyIndex() <= index && scope.holds(change.key())) {
                keys.put(change.key().path(), change.modifyIndex());
                if (change.deleted()) {
                    keys.remove(change.key().path());
                }
            }
        }
        return keys;
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
            var event = new Event(type, id, data, block.length());
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
            case "config-snapshot" -> piece(event);
            case "config-change" -> change(event);
            case "sync" -> {
                assertThat(isInPieces).isFalse();
                assertThat(event.data().path("index").asLong()).isEqualTo(event.id());
                if (told > 0) {
                    var next = nextChange();
                    assertThat(next == null || next.modifyIndex() > event.id())
                            .as("sync %s before %s", event, next)
                            .isTrue();
                }
            }
            default -> throw new AssertionError("unexpected event: " + event);
        }
        safe = event.id() == null ? safe : event.id();
    }

    private void piece(Event event) {
        var data = event.data();
        if (!isInPieces) {
            pieces.clear();
        }
        assertThat(data.path("prefix").asText()).isEqualTo(scope.text());
        assertThat(data.path("subscription").asText()).isEqualTo(sink.subscription);
        data.path("keys").forEach(key -> {
            assertThat(key.has("value")).isFalse();
            assertThat(pieces.put(
                            key.path("key").asText(), key.path("modifyIndex").asLong()))
                    .as("twice: %s", key)
                    .isNull();
        });
        isInPieces = data.path("more").asBoolean();
        var index = data.path("index").asLong();
        if (isInPieces) {
            assertThat(event.id()).isEqualTo(safe == 0 ? null : (Long) safe);
            return;
        }
        assertTold(lastChangeUpTo(index), index);
        assertThat(index).isGreaterThanOrEqualTo(told);
        if (told > 0 && !registry.hasForgotten) {
            assertThat(isForgotten())
                    .as("a snapshot instead of changes: %s", event)
                    .isTrue();
        }
        assertThat(pieces).isEqualTo(keysAt(index));
        // What the reader has is the state at the id as well, and it is the node that he may resume at.
        assertThat(event.id()).isGreaterThanOrEqualTo(Math.max(safe, index));
        assertThat(pieces).isEqualTo(keysAt(event.id()));
        told = index;
        snapshots++;
    }

    private void change(Event event) {
        var data = event.data();
        assertThat(isInPieces).isFalse();
        assertThat(data.path("from").asLong()).as("the chain: %s", event).isEqualTo(told);
        var expected = nextChange();
        assertThat(expected).isNotNull();
        assertThat(data.path("to").asLong()).as("each change: %s", event).isEqualTo(expected.modifyIndex());
        assertThat(event.id()).isEqualTo(expected.modifyIndex());
        if (expected.deleted()) {
            assertThat(data.path("upserted")).isEmpty();
            assertThat(data.path("removed").get(0).asText())
                    .isEqualTo(expected.key().path());
            assertThat(data.path("deletions").get(0).path("version").asLong()).isEqualTo(expected.version());
        } else {
            assertThat(data.path("removed")).isEmpty();
            assertThat(data.path("upserted").get(0).path("key").asText())
                    .isEqualTo(expected.key().path());
            assertThat(data.path("upserted").get(0).path("version").asLong()).isEqualTo(expected.version());
        }
        told = expected.modifyIndex();
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
