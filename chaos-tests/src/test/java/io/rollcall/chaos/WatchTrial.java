package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Paths;
import io.rollcall.chaos.checker.Findings;
import io.rollcall.chaos.checker.WatchChecks;
import io.rollcall.chaos.checker.WatchTruth;
import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.history.Digests;
import io.rollcall.chaos.history.Reading;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.history.WriteRecord;
import io.rollcall.chaos.history.Written;
import io.rollcall.chaos.report.Ending;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.report.OpenFault;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.watch.BlockingReaders;
import io.rollcall.chaos.watch.Held;
import io.rollcall.chaos.watch.Story;
import io.rollcall.chaos.watch.WatchFleet;
import io.rollcall.chaos.workload.Attempts;
import io.rollcall.chaos.workload.ChangeLoad;
import io.rollcall.chaos.workload.Door;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A cluster with watchers, and changes for them to be told of; what they put together is checked. */
final class WatchTrial implements AutoCloseable {

    static final Duration HEAL_LIMIT = Duration.ofSeconds(90);

    /** Shorter than the default, so that what is promised to watchers is promised often. */
    static final Duration SYNC_INTERVAL = Duration.ofSeconds(2);

    private static final Duration TOLD_LIMIT = Duration.ofSeconds(60);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int FEW = 3;
    private static final int READERS = 30;

    private final ClusterProcess cluster;
    private final Recorder recorder;
    private final SplittableRandom random;
    private final PlainClient client = new PlainClient(Duration.ofSeconds(20));
    private final ChangeLoad.Plan plan;
    private final ChangeLoad load;
    private final WatchFleet fleet;

    private @Nullable BlockingReaders readers;

    // Beside those of the load.
    private final List<Written> others = new ArrayList<>();

    /** A trial on a cluster of its own. */
    WatchTrial(ClusterOptions options, ChangeLoad.Plan plan, Recorder recorder) {
        this.recorder = recorder;
        this.plan = plan;
        this.random = Trial.random(recorder).split();
        this.cluster = ClusterProcess.start(options);
        Attempts attempts = new Attempts(new PlainClient(ATTEMPT_TIMEOUT), cluster.nodes(), PATIENCE);
        this.load = new ChangeLoad(plan, attempts, random.split(), this::note);
        this.fleet = new WatchFleet(
                Door.of(cluster.nodes()),
                random.split(),
                millis -> recorder.millis("from the end of a watch's stream until it went on", millis));
    }

    static ClusterOptions options(String folder) {
        return ClusterOptions.named(folder).with("ROLLCALL_WATCH_SYNC_INTERVAL", SYNC_INTERVAL.toSeconds() + "s");
    }

    private void note(WriteRecord write) {
        Ending ending = write.verdict() == Verdict.DONE ? Ending.ACKNOWLEDGED : Ending.UNKNOWN;
        recorder.operation(ending, write.returnedNanos(), write.returnedNanos() - write.calledNanos());
        recorder.count(Figure.ACKNOWLEDGED_WRITES, write.verdict() == Verdict.DONE ? 1 : 0);
    }

    ClusterProcess cluster() {
        return cluster;
    }

    Recorder recorder() {
        return recorder;
    }

    SplittableRandom random() {
        return random;
    }

    ChangeLoad load() {
        return load;
    }

    WatchFleet fleet() {
        return fleet;
    }

    PlainClient client() {
        return client;
    }

    /** Registers something in each service, lets watchers begin, and starts the load. */
    void begin(int watchers) {
        load.fill(3);
        fleet.add("w", selections(watchers));
        fleet.awaitTold(0, TOLD_LIMIT);
        List<String> read = IntStream.range(0, READERS).mapToObj(plan::service).toList();
        readers = new BlockingReaders(Door.of(cluster.nodes()), read, random.split());
        load.start();
    }

    /** Most watch one service, one in twenty some, and two on each node all of them. */
    private List<List<String>> selections(int watchers) {
        List<List<String>> selections = new ArrayList<>();
        for (int i = 0; i < watchers; i++) {
            List<String> services = new ArrayList<>();
            services.add(plan.service(i % plan.services()));
            for (int more = 1; i % 20 == 0 && more < FEW; more++) {
                services.add(plan.service((i + more * 7) % plan.services()));
            }
            selections.add(services);
        }
        for (int i = 0; i < 2 * cluster.nodes().size(); i++) {
            selections.add(List.of());
        }
        return selections;
    }

    /** A node dies and starts again after a while; returns when it serves. */
    void kill(NodeProcess node, Duration dead) {
        try (OpenFault fault = recorder.fault("kill", node.id())) {
            long pid = node.pid();
            node.kill();
            fault.hit("SIGKILL ended process " + pid);
            Hold.forFault(dead, "the watchers of the dead node go elsewhere");
            node.start();
            node.awaitReady(HEAL_LIMIT);
        }
        fleet.requireAlive();
    }

    /** What a node counts of its watches. */
    JsonNode figures(NodeProcess node) {
        return ask(node, Paths.CLUSTER + "/watch").body();
    }

    Answer ask(NodeProcess node, String path) {
        var outcome = client.send(node.http(), ApiRequest.get(path));
        return outcome.reply()
                .filter(answer -> answer.status() == 200)
                .orElseThrow(() -> new AssertionError(node.id() + " answers " + path + " with " + outcome));
    }

    /** Takes into account what was changed beside the load. */
    void addChanges(List<Written> changes) {
        others.addAll(changes);
        recorder.count(Figure.ACKNOWLEDGED_WRITES, changes.size());
    }

    /** Ends the load, and requires that every watcher was told all, and rightly. */
    Findings finish() {
        load.stop();
        cluster.nodes().forEach(node -> node.awaitReady(HEAL_LIMIT));
        List<Written> changes = new ArrayList<>(load.changes());
        changes.addAll(others);
        WatchTruth truth = new WatchTruth(changes);
        for (NodeProcess node : cluster.nodes()) {
            assertThat(Reading.discovered(client, node, Held::of))
                    .as("what %s returns against what was acknowledged", node.id())
                    .isEqualTo(truth.finalState());
        }
        fleet.awaitTold(truth.lastIndex(), TOLD_LIMIT);
        recorder.count(Figure.HASHES_COMPARED, Digests.compareLive(client, cluster.nodes(), HEAL_LIMIT));
        recorder.count(Figure.HASH_MISMATCHES, 0);
        Findings findings = WatchChecks.check(stories(truth), truth);
        findings.figures().forEach(recorder::count);
        Trial.LOG
                .atInfo()
                .addKeyValue("changes", changes.size())
                .addKeyValue("figures", findings.figures())
                .log("watches checked");
        if (!findings.violations().isEmpty()) {
            throw new AssertionError(
                    "the watches are not what was promised:\n" + String.join("\n", findings.violations()));
        }
        assertThat(findings.figure(Figure.WATCH_EVENTS))
                .as("watch events that were checked")
                .isPositive();
        return findings;
    }

    private List<Story> stories(WatchTruth truth) {
        List<Story> stories = new ArrayList<>(fleet.stories());
        BlockingReaders begun = readers;
        if (begun != null) {
            Conditions.await(
                    "all blocking reads to hear of the last change",
                    TOLD_LIMIT,
                    () -> assertThat(begun.haveHeardOf(truth.lastIndex())).isTrue());
            stories.addAll(begun.stories());
        }
        return stories;
    }

    @Override
    public void close() {
        if (readers != null) {
            readers.close();
        }
        load.close();
        fleet.close();
        cluster.close();
    }
}
