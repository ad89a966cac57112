package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Paths;
import io.rollcall.chaos.checker.Findings;
import io.rollcall.chaos.checker.LeaseBounds;
import io.rollcall.chaos.checker.LeaseChecks;
import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.history.Digests;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.lease.BeatEnding;
import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.lease.LeaseHistory;
import io.rollcall.chaos.lease.Sighting;
import io.rollcall.chaos.report.Ending;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.workload.Door;
import io.rollcall.chaos.workload.Fleet;
import io.rollcall.chaos.workload.StatusWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A cluster whose leases are watched from outside, while providers beat and faults are done; what was seen is checked. */
final class LeaseTrial implements AutoCloseable {

    /** How long a cluster may take until all of its nodes serve again. */
    static final Duration HEAL_LIMIT = Duration.ofSeconds(60);

    /** The longest time from the begin of a silence until a verdict, beside TTL and grace. */
    static final Duration SLACK = LeaseBounds.USUAL.slack();

    static final Duration GRACE = LeaseBounds.USUAL.grace();

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final String EXPIRY = Paths.CLUSTER + "/expiry";

    private final ClusterProcess cluster;
    private final Recorder recorder;
    private final SplittableRandom random;
    private final Path historyFile;
    private final LeaseHistory history = new LeaseHistory();
    private final PlainClient client = new PlainClient(Duration.ofSeconds(5));
    private final List<Fleet> fleets = new ArrayList<>();
    private final StatusWatch watch;

    /** A trial on a cluster of its own. */
    LeaseTrial(ClusterOptions options, Recorder recorder) {
        this.cluster = ClusterProcess.start(options);
        this.recorder = recorder;
        this.random = Trial.random(recorder).split();
        this.historyFile = options.folder().resolve(LeaseHistory.FILE);
        this.watch = new StatusWatch(Door.of(cluster.nodes()), history);
    }

    ClusterProcess cluster() {
        return cluster;
    }

    Recorder recorder() {
        return recorder;
    }

    LeaseHistory history() {
        return history;
    }

    SplittableRandom random() {
        return random;
    }

    long leaderChanges() {
        return watch.leaderChanges();
    }

    NodeProcess leader() {
        return cluster.awaitLeader(cluster.running(), HEAL_LIMIT);
    }

    /** Registers a fleet that beats through all nodes, and waits until all nodes show it. */
    Fleet fleet(Fleet.Plan plan) {
        return fleet(plan, () -> Door.of(cluster.nodes()));
    }

    /** The same with nodes that may change. */
    Fleet fleet(Fleet.Plan plan, Supplier<List<Door>> doors) {
        Fleet fleet = new Fleet(plan, doors, history, random.split(), this::note);
        fleets.add(fleet);
        fleet.start();
        if (plan.check().isEmpty()) {
            awaitShown("all to be passing", START_LIMIT, fleet.instances(), Sighting::isPassing);
        }
        return fleet;
    }

    private void note(LeaseEvent.Beaten beaten) {
        Ending ending = switch (beaten.ending()) {
            case ACKED -> Ending.ACKNOWLEDGED;
            case REFUSED, UNHEARD -> Ending.NOT_DONE;
            case UNKNOWN -> Ending.UNKNOWN;
        };
        recorder.operation(ending, System.nanoTime(), beaten.endedNanos() - beaten.sentNanos());
        if (beaten.ending() != BeatEnding.ACKED) {
            Trial.LOG.atDebug().addKeyValue("node", beaten.node()).log("beat {}", beaten.why());
        }
    }

    /** Lets some of a fleet fall silent, spread over its services. */
    List<InstanceRef> silenceSome(Fleet fleet, int count) {
        List<InstanceRef> beating = fleet.beating();
        int first = random.nextInt(beating.size());
        List<InstanceRef> chosen = new ArrayList<>();
        for (int i = 0; i < Math.min(count, beating.size()); i++) {
            chosen.add(beating.get((first + i) % beating.size()));
        }
        fleet.silence(chosen);
        return chosen;
    }

    /** Waits until every node shows the same of each of some instances. */
    void awaitShown(String what, Duration limit, Collection<InstanceRef> instances, Predicate<Sighting> expected) {
        Conditions.await(what, limit, () -> {
            for (NodeProcess node : cluster.nodes()) {
                Map<InstanceRef, Sighting> shown = watch.shown(node.id());
                List<String> others = instances.stream()
                        .map(ref -> shown.getOrDefault(ref, Sighting.absent(ref)))
                        .filter(expected.negate())
                        .map(Sighting::toString)
                        .toList();
                assertThat(others.size())
                        .as(
                                "%s: how many are not on %s, such as %s",
                                what, node.id(), others.stream().findFirst())
                        .isZero();
            }
        });
    }

    /** What a node says of the expiry governor. */
    JsonNode expiry(NodeProcess node) {
        return expiry(node, ApiRequest.get(EXPIRY));
    }

    /** Lets go what the governor holds, through a node. */
    JsonNode release(NodeProcess node) {
        return expiry(node, new ApiRequest("POST", EXPIRY + "/release", null, Map.of()));
    }

    private JsonNode expiry(NodeProcess node, ApiRequest request) {
        var outcome = client.send(node.http(), request);
        return outcome.reply()
                .filter(answer -> answer.status() == 200)
                .map(Answer::body)
                .orElseThrow(() -> new AssertionError(node.id() + " tells nothing of expiries: " + outcome));
    }

    /** Waits until every node can serve. */
    void awaitHealed() {
        cluster.nodes().forEach(node -> node.awaitReady(HEAL_LIMIT));
    }

    /** Ends the beats, checks and saves what was seen, and requires that all was as promised. */
    Findings finish() {
        awaitHealed();
        long fenced = cluster.nodes().stream()
                .mapToLong(node ->
                        expiry(node).path("figures").path("verdictsFenced").asLong())
                .max()
                .orElse(0);
        recorder.count(Figure.HASHES_COMPARED, Digests.compareLive(client, cluster.nodes(), HEAL_LIMIT));
        recorder.count(Figure.HASH_MISMATCHES, 0);
        recorder.count(Figure.FENCED, fenced);
        fleets.forEach(Fleet::stop);
        watch.close();
        List<LeaseEvent> events = history.events();
        LeaseHistory.write(historyFile, events);
        LeaseChecks.Outcome outcome = LeaseChecks.check(events, LeaseBounds.USUAL);
        outcome.millis().forEach((what, all) -> all.forEach(each -> recorder.millis(what, each)));
        Findings findings = outcome.findings();
        findings.figures().forEach(recorder::count);
        Trial.LOG
                .atInfo()
                .addKeyValue("history", historyFile)
                .addKeyValue("figures", findings.figures())
                .addKeyValue("violations", findings.violations().size())
                .log("leases checked");
        if (!findings.violations().isEmpty()) {
            throw new AssertionError(
                    "the leases are not what was promised:\n" + String.join("\n", findings.violations()));
        }
        assertThat(findings.figure(Figure.BEATS) + findings.figure(Figure.VERDICTS))
                .as("beats and verdicts that were checked")
                .isPositive();
        return findings;
    }

    @Override
    public void close() {
        fleets.forEach(Fleet::close);
        watch.close();
        cluster.close();
    }
}
