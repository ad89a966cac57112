package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Paths;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.Written;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.watch.Watcher;
import io.rollcall.chaos.workload.Burst;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The scenario of many changes of one service while others wait for one of another: nobody is woken for nothing. */
final class WakeUps {

    private static final Duration WAIT = Duration.ofMinutes(5);
    private static final Duration WAKE_LIMIT = Duration.ofSeconds(20);

    private final WatchTrial trial;
    private final PlainClient waiting = new PlainClient(WAIT.plusMinutes(1));
    private final String waitedFor = WatchScenario.SMALL.service(0);
    private final String changed = WatchScenario.SMALL.service(1);

    /** What all nodes together count. */
    private record Counts(long wakeUps, long useless) {}

    WakeUps(WatchTrial trial) {
        this.trial = trial;
    }

    void run(int changes) {
        trial.load().fill(1);
        List<NodeProcess> nodes = trial.cluster().nodes();
        List<Watcher> watchers = trial.fleet()
                .add("waits", nodes.stream().map(node -> List.of(waitedFor)).toList());
        // Until each knows all of that: a follower that was behind tells it as a change, and is right to.
        trial.fleet().awaitTold(last(trial.load().changes()), WAKE_LIMIT);
        Map<String, CompletableFuture<Outcome>> readers = new TreeMap<>();
        nodes.forEach(node -> readers.put(node.id(), read(node)));
        awaitReaders(nodes);
        Counts before = counts();
        List<URI> doors = nodes.stream().map(NodeProcess::http).toList();

        List<Written> written = new ArrayList<>(
                Burst.register(trial.client(), doors, "other", changes, i -> new InstanceRef(changed, "i" + i % 50)));

        trial.fleet().awaitTold(last(written), WAKE_LIMIT);
        Counts after = counts();
        trial.recorder().count(Figure.UNRELATED_CHANGES, changes);
        trial.recorder().count(Figure.WATCH_USELESS, after.wakeUps() - before.wakeUps());
        assertThat(after)
                .as("wake-ups, useless ones too, by %s changes of another service", changes)
                .isEqualTo(before);
        assertThat(readers)
                .as("blocking reads")
                .allSatisfy((node, answer) -> assertThat(answer).as(node).isNotDone());

        written.addAll(Burst.register(trial.client(), doors, "wakes", 1, i -> new InstanceRef(waitedFor, "new")));

        readers.forEach((node, answer) -> assertThat(answer.orTimeout(WAKE_LIMIT.toSeconds(), TimeUnit.SECONDS)
                        .join()
                        .reply()
                        .orElseThrow()
                        .index())
                .as("index of the answer of %s", node)
                .isEqualTo(last(written)));
        trial.fleet().awaitTold(last(written), WAKE_LIMIT);
        assertThat(counts().wakeUps() - before.wakeUps())
                .as("wake-ups by a change that all waited for")
                .isEqualTo(watchers.size() + readers.size());
        trial.addChanges(written);
        trial.finish();
    }

    private CompletableFuture<Outcome> read(NodeProcess node) {
        String path = Paths.SERVICES + "/" + waitedFor;
        long index = trial.ask(node, path + "?consistency=linearizable").index();
        return waiting.sendAsync(
                node.http(), ApiRequest.get(path + "?index=" + index + "&wait=" + WAIT.toSeconds() + "s"));
    }

    private void awaitReaders(List<NodeProcess> nodes) {
        Conditions.await(
                "a blocking read on each node",
                WAKE_LIMIT,
                () -> assertThat(nodes)
                        .allSatisfy(node -> assertThat(trial.figures(node)
                                        .path("blockingReads")
                                        .asInt())
                                .isEqualTo(1)));
    }

    private Counts counts() {
        long wakeUps = 0;
        long useless = 0;
        for (NodeProcess node : trial.cluster().nodes()) {
            JsonNode figures = trial.figures(node);
            assertThat(figures.path("wakeups").isIntegralNumber())
                    .as("figures of %s: %s", node.id(), figures)
                    .isTrue();
            wakeUps += figures.path("wakeups").asLong();
            useless += figures.path("uselessWakeups").asLong();
        }
        return new Counts(wakeUps, useless);
    }

    private static long last(List<Written> written) {
        return written.stream().mapToLong(Written::index).max().orElseThrow();
    }
}
