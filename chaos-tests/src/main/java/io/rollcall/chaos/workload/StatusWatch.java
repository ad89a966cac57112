package io.rollcall.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Paths;
import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.lease.LeaseHistory;
import io.rollcall.chaos.lease.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Looks at what every node shows of all instances, and at who leads, several times a second, and records what changes. What is
 * unchanged costs the node a 304. Thread-safe.
 */
public final class StatusWatch implements AutoCloseable {

    /** From one look at a node to the next; so much later than it was so a change is seen. */
    public static final Duration INTERVAL = Duration.ofMillis(150);

    private static final Duration LEADER_INTERVAL = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LEADER_TIMEOUT = Duration.ofMillis(500);
    private static final String ALL = Paths.INSTANCES + "?status=any&consistency=stale&limit=10000";
    private static final int NOT_MODIFIED = 304;
    private static final int OK = 200;

    private final LeaseHistory history;
    private final PlainClient http = new PlainClient(TIMEOUT);
    private final PlainClient leaderHttp = new PlainClient(LEADER_TIMEOUT);
    private final List<Eye> eyes = new ArrayList<>();
    private final Leaderships leaders;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "status-watch");
        created.setDaemon(true);
        return created;
    });
    private volatile boolean closed;

    /** What is known of one node. The thread of the watch alone changes it. */
    private final class Eye {

        private final Door door;
        private final Map<InstanceRef, Sighting> shown = new HashMap<>();
        private String etag = "";
        // As of when the node was last known to be current; below 0 is before the history began, and says nothing.
        private long provenNanos = -1;

        Eye(Door door) {
            this.door = door;
        }

        void look() {
            long asked = history.now();
            ApiRequest request = etag.isEmpty()
                    ? ApiRequest.get(ALL)
                    : new ApiRequest("GET", ALL, null, Map.of("If-None-Match", etag));
            follow(http.sendAsync(door.http(), request), (outcome, answered) -> {
                outcome.reply().ifPresent(answer -> take(answer, asked, answered));
                long left = INTERVAL.toNanos() - (history.now() - asked);
                later(Math.max(0, left), this::look);
            });
        }

        private void take(Answer answer, long asked, long answered) {
            if (answer.status() != OK && answer.status() != NOT_MODIFIED) {
                return;
            }
            List<Sighting> changes = answer.status() == OK ? changes(answer.body()) : List.of();
            etag = answer.headers().firstValue("ETag").orElse(etag);
            history.add(new LeaseEvent.Polled(door.node(), asked, answered, provenNanos, changes));
            long ageMillis = answer.dataAgeMillis();
            if (ageMillis >= 0 && ageMillis < TimeUnit.DAYS.toMillis(1)) {
                // Ages are cut to whole milliseconds.
                provenNanos = Math.max(provenNanos, asked - TimeUnit.MILLISECONDS.toNanos(ageMillis + 1));
            }
        }

        private List<Sighting> changes(JsonNode body) {
            Map<InstanceRef, Sighting> now = new HashMap<>();
            for (JsonNode instance : body.path("instances")) {
                Sighting sighting = Sighting.of(instance);
                now.put(sighting.instance(), sighting);
            }
            List<Sighting> changes = new ArrayList<>();
            synchronized (shown) {
                now.values().stream()
                        .filter(sighting -> !sighting.equals(shown.get(sighting.instance())))
                        .forEach(changes::add);
                shown.values().stream()
                        .filter(before -> !now.containsKey(before.instance()) && !before.isAbsent())
                        .map(before -> Sighting.absent(before.instance()))
                        .forEach(changes::add);
                changes.forEach(sighting -> shown.put(sighting.instance(), sighting));
            }
            return changes;
        }

        private Map<InstanceRef, Sighting> shown() {
            synchronized (shown) {
                return Map.copyOf(shown);
            }
        }
    }

    /**
     * A watch that begins at once.
     *
     * @param doors of all nodes, those that do not run included
     * @param history takes what is seen
     */
    public StatusWatch(List<Door> doors, LeaseHistory history) {
        this.history = history;
        this.leaders = new Leaderships(history);
        for (Door door : doors) {
            Eye eye = new Eye(door);
            eyes.add(eye);
            thread.execute(eye::look);
            thread.execute(() -> lookForLeader(door));
        }
    }

    private void lookForLeader(Door door) {
        long asked = history.now();
        follow(leaderHttp.sendAsync(door.http(), ApiRequest.get(Paths.CLUSTER)), (outcome, answered) -> {
            if (outcome.hasStatus(OK)) {
                outcome.reply().ifPresent(answer -> leaders.told(door.node(), answer.body(), asked, answered));
            }
            later(LEADER_INTERVAL.toNanos(), () -> lookForLeader(door));
        });
    }

    /**
     * Returns what a node shows.
     *
     * @param node its id
     * @return as of the last look, what was there once and is no more included
     */
    public Map<InstanceRef, Sighting> shown(String node) {
        return eyes.stream()
                .filter(eye -> eye.door.node().equals(node))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no node " + node))
                .shown();
    }

    /**
     * Returns how often the leader has changed.
     *
     * @return 0 or more
     */
    public long leaderChanges() {
        return leaders.changes();
    }

    private void follow(CompletableFuture<Outcome> request, BiConsumer<Outcome, Long> then) {
        var unused = request.whenComplete((outcome, failure) -> {
            long answered = history.now();
            if (!closed && outcome != null) {
                later(0, () -> then.accept(outcome, answered));
            }
        });
    }

    private void later(long nanos, Runnable task) {
        if (!closed) {
            var unused = thread.schedule(task, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Looks no more; what was recorded stays. */
    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
    }
}
