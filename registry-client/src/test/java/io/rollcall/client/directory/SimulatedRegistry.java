package io.rollcall.client.directory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.Outcome;
import io.rollcall.client.answer.AnswerHeaders;
import io.rollcall.client.answer.Discovery;
import io.rollcall.client.answer.Refusal;
import io.rollcall.client.watch.WatchEvent;
import io.rollcall.client.watch.WatchListener;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A registry of some nodes in the test's own thread. It remembers all states that were ever true, so that nodes can lag and
 * backups be restored. Its streams say what those of a node say, in the order that the watch of the client lets through.
 */
final class SimulatedRegistry implements RegistryPort {

    private static final ObjectNode JSON = JsonNodeFactory.instance.objectNode();
    private static final URI SERVER = URI.create("http://127.0.0.1:1");

    /** What a node knows. */
    static final class Node {
        long applied;
        long currentAtNanos;
        boolean isUp = true;
    }

    private final ManualLane lane;
    private final Random random;
    private final Map<ServiceKey, NavigableMap<Long, List<Instance>>> versions = new HashMap<>();
    private final List<SimulatedStream> streams = new ArrayList<>();
    final List<Node> nodes = new ArrayList<>();
    long index = 1;

    /** Whether streams come through, and reads. */
    boolean letsStreamsThrough = true;

    boolean answersReads = true;

    /** Services that may not be watched. */
    final Set<ServiceKey> forbidden = new HashSet<>();

    /** Services of which an event has proved that they are empty, since the test cleared this. */
    final Set<ServiceKey> proofs = new HashSet<>();

    int watches;

    /** How often a stream began anew since no node knew what it was told. */
    int forgot;

    private int history;

    SimulatedRegistry(ManualLane lane, Random random, int size) {
        this.lane = lane;
        this.random = random;
        for (var i = 0; i < size; i++) {
            nodes.add(new Node());
        }
        catchUp();
    }

    /** All nodes know all. */
    void catchUp() {
        for (var node : nodes) {
            node.isUp = true;
            current(node);
        }
    }

    void current(Node node) {
        node.applied = index;
        node.currentAtNanos = lane.nanos();
    }

    List<Instance> state(ServiceKey service, long at) {
        var version = versions(service).floorEntry(at);
        return version == null ? List.of() : version.getValue();
    }

    /** The index of a service's last change. */
    long version(ServiceKey service, long at) {
        var version = versions(service).floorKey(at);
        return version == null ? 1 : version;
    }

    private NavigableMap<Long, List<Instance>> versions(ServiceKey service) {
        return versions.computeIfAbsent(service, key -> new TreeMap<>());
    }

    /** Changes a service; nobody is told yet. */
    void put(ServiceKey service, List<Instance> instances) {
        index++;
        versions(service).put(index, List.copyOf(instances));
    }

    /** Something happens elsewhere. */
    void touch() {
        index++;
    }

    /** Goes back to what was true at an index, and on from there another way. */
    void restore(long to) {
        versions.values().forEach(ofService -> ofService.tailMap(to, false).clear());
        index = to;
        history++;
        List.copyOf(streams).forEach(SimulatedStream::cut);
        catchUp();
    }

    @Override
    public Subscription watch(List<ServiceKey> services, WatchListener listener) {
        watches++;
        var stream = new SimulatedStream(services, listener);
        streams.add(stream);
        return stream;
    }

    @Override
    public Outcome<Discovery> read(ServiceKey service, @Nullable Duration maxAge) {
        if (!answersReads) {
            return new Outcome.Unanswered<>("as the test wants it");
        }
        var up = nodes.stream().filter(node -> node.isUp).toList();
        if (up.isEmpty()) {
            return new Outcome.Unanswered<>("no node is up");
        }
        var node = up.get(random.nextInt(up.size()));
        var age = Duration.ofNanos(lane.nanos() - node.currentAtNanos);
        if (maxAge != null && age.compareTo(maxAge) > 0) {
            return new Outcome.Refused<>(new Refusal(503, "no-leader", "as the test wants it", Map.of()));
        }
        var version = version(service, node.applied);
        var discovery = new Discovery(service.name().value(), version, state(service, node.applied), null);
        var headers = new AnswerHeaders(version, node.applied, age, "n", "stale", null);
        return new Outcome.Done<>(discovery, headers, JSON);
    }

    /** Lets the streams say what is new to them, and connects those that can be. */
    void deliver() {
        List.copyOf(streams).forEach(SimulatedStream::deliver);
    }

    /** The same, the newest stream first. */
    void deliverNewestFirst() {
        List<SimulatedStream> newestFirst = new ArrayList<>(streams);
        Collections.reverse(newestFirst);
        newestFirst.forEach(SimulatedStream::deliver);
    }

    /** Lets the streams say how far they are. */
    void sync() {
        List.copyOf(streams).forEach(SimulatedStream::sync);
    }

    void cutAny() {
        if (!streams.isEmpty()) {
            streams.get(random.nextInt(streams.size())).cut();
        }
    }

    /** The next changes leave out what came, as those of no registry should. */
    void lose() {
        streams.forEach(stream -> stream.loses = true);
    }

    /** How many streams are open. */
    int open() {
        return streams.size();
    }

    private final class SimulatedStream implements Subscription {
        private final List<ServiceKey> services;
        private final WatchListener listener;
        private final Map<ServiceKey, Long> told = new LinkedHashMap<>();
        private @Nullable Node node;
        private boolean isFresh = true;
        private boolean isClosed;
        private boolean loses;
        private boolean begins;
        private long position;
        private long behindSinceNanos;
        private boolean isBehind;
        private int historyTold;

        SimulatedStream(List<ServiceKey> services, WatchListener listener) {
            this.services = services;
            this.listener = listener;
        }

        @Override
        public boolean isRunning() {
            return !isClosed;
        }

        @Override
        public void close() {
            isClosed = true;
            streams.remove(this);
        }

        void cut() {
            if (node != null) {
                node = null;
                listener.onInterrupted("cut");
            }
        }

        void deliver() {
            if (isClosed) {
                return;
            }
            if (services.stream().anyMatch(forbidden::contains)) {
                close();
                listener.onRefused(new Refusal(403, "permission-denied", "as the test wants it", Map.of()));
                return;
            }
            if (node == null && !connect()) {
                return;
            }
            if (node != null && !node.isUp) {
                cut();
                return;
            }
            if (isFresh) {
                tellAll();
            } else {
                if (begins) {
                    begins = false;
                    listener.onEvent(new WatchEvent.Sync(position, JSON));
                    if (random.nextInt(4) == 0) {
                        // What has happened since is on its way.
                        return;
                    }
                }
                tellChanges();
            }
            begins = false;
        }

        private boolean connect() {
            var candidate = nodes.get(random.nextInt(nodes.size()));
            if (!candidate.isUp || !letsStreamsThrough) {
                listener.onInterrupted("no connection");
                return false;
            }
            if (candidate.applied < position) {
                behindSinceNanos = isBehind ? behindSinceNanos : lane.nanos();
                isBehind = true;
                if (lane.nanos() - behindSinceNanos < Duration.ofSeconds(30).toNanos()) {
                    listener.onInterrupted("behind");
                    return false;
                }
                forgot++;
                position = 0;
                isFresh = true;
            }
            isBehind = false;
            begins = true;
            // What it was told before does not lead to what there is.
            isFresh |= historyTold != history;
            historyTold = history;
            node = candidate;
            listener.onConnected(SERVER);
            return !isClosed;
        }

        private void tellAll() {
            isFresh = false;
            var at = node.applied;
            position = at;
            for (var service : services) {
                told.put(service, version(service, at));
                listener.onEvent(new WatchEvent.Snapshot(service, version(service, at), state(service, at), JSON));
            }
            listener.onKnownUpTo(at);
        }

        private void tellChanges() {
            var at = node.applied;
            var isTold = false;
            for (var service : services) {
                var from = told.get(service);
                var to = version(service, at);
                if (to <= from) {
                    continue;
                }
                told.put(service, to);
                tell(service, from, to);
                isTold = true;
                if (random.nextInt(8) == 0) {
                    // It breaks between events that belong together.
                    cut();
                    return;
                }
            }
            position = Math.max(position, at);
            if (isTold) {
                listener.onKnownUpTo(position);
            }
        }

        private void tell(ServiceKey service, long from, long to) {
            if (state(service, to).isEmpty()) {
                proofs.add(service);
            }
            if (random.nextInt(12) == 0) {
                // It has forgotten the way there.
                listener.onEvent(new WatchEvent.Snapshot(service, to, state(service, to), JSON));
                return;
            }
            Map<InstanceId, Instance> before = byId(state(service, from));
            Map<InstanceId, Instance> after = byId(state(service, to));
            List<Instance> upserted = new ArrayList<>();
            after.forEach((id, instance) -> {
                if (!loses && !instance.equals(before.get(id))) {
                    upserted.add(instance);
                }
            });
            loses = false;
            before.keySet().removeAll(after.keySet());
            listener.onEvent(new WatchEvent.Change(service, from, to, upserted, List.copyOf(before.keySet()), JSON));
        }

        private static Map<InstanceId, Instance> byId(List<Instance> instances) {
            Map<InstanceId, Instance> byId = new LinkedHashMap<>();
            instances.forEach(instance -> byId.put(instance.key().id(), instance));
            return byId;
        }

        void sync() {
            if (!isClosed && node != null && node.isUp && !isFresh) {
                tellChanges();
                if (!isClosed && node != null) {
                    listener.onEvent(new WatchEvent.Sync(position, JSON));
                }
            }
        }
    }
}
