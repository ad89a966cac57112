package io.rollcall.chaos;

import io.rollcall.chaos.call.CallEvent;
import io.rollcall.chaos.call.CallEvent.Called;
import io.rollcall.chaos.call.CallHistory;
import io.rollcall.chaos.checker.CallBounds;
import io.rollcall.chaos.checker.CallChecks;
import io.rollcall.chaos.checker.Findings;
import io.rollcall.chaos.checker.LeaseBounds;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.history.Digests;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.lease.LeaseHistory;
import io.rollcall.chaos.lease.Sighting;
import io.rollcall.chaos.report.Ending;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.report.OpenFault;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.workload.Door;
import io.rollcall.chaos.workload.StatusWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A cluster, providers that come and go, and consumers that call them, all made with the client; what they saw is checked. */
final class ClientTrial implements AutoCloseable {

    static final Duration TTL = Duration.ofSeconds(3);

    static final List<String> SERVICES = List.of("order-service", "user-service");

    private static final int REPLICAS = 3;
    private static final Duration HEAL_LIMIT = Duration.ofSeconds(60);
    private static final Duration SHOWN_LIMIT = Duration.ofSeconds(30);

    /** From a change at the registry until consumers act by it: one whose node dies finds another one meanwhile. */
    private static final Duration TOLD = Duration.ofSeconds(1);

    private static final CallBounds BOUNDS = new CallBounds(TTL, LeaseBounds.USUAL, TOLD);

    private final Path folder;
    private final ClusterProcess cluster;
    private final Recorder recorder;
    private final SplittableRandom random;
    private final LeaseHistory leases = new LeaseHistory();
    private final Instant startedAt = Instant.now();
    private final CallHistory calls = new CallHistory();
    private final List<Place> places = new ArrayList<>();
    private final List<CallingConsumer> consumers = new ArrayList<>();
    private final StatusWatch watch;

    ClientTrial(ClusterOptions options, Recorder recorder) {
        this.folder = options.folder();
        this.cluster = ClusterProcess.start(options);
        this.recorder = recorder;
        this.random = Trial.random(recorder).split();
        this.watch = new StatusWatch(Door.of(cluster.nodes()), leases);
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

    /** The time of all that is noted. */
    long now() {
        return leases.now();
    }

    void note(CallEvent event) {
        calls.add(event);
        if (event instanceof Called called) {
            Ending ending = called.why().isEmpty() ? Ending.ACKNOWLEDGED : Ending.NOT_DONE;
            recorder.operation(ending, System.nanoTime(), called.toNanos() - called.fromNanos());
        } else if (event instanceof CallEvent.Told told) {
            Trial.LOG.atInfo().log("{} is told {}", told.run(), told.what());
        }
    }

    /** Starts all instances of all services, and waits until every node shows them. */
    void startReplicas() {
        for (String service : SERVICES) {
            for (int i = 1; i <= REPLICAS; i++) {
                Place place = new Place(this, new InstanceRef(service, service + "-" + i));
                places.add(place);
                place.start(false);
            }
        }
        awaitAllPassing();
    }

    List<Place> places(String service) {
        return places.stream()
                .filter(place -> place.instance().service().equals(service))
                .toList();
    }

    /** Adds a consumer that keeps what it knows on disk. */
    CallingConsumer consumer(String name) {
        return consumer(name, true);
    }

    private CallingConsumer consumer(String name, boolean ejects) {
        CallingConsumer consumer = new CallingConsumer(this, name, SERVICES, cacheFolder(), ejects);
        consumers.add(consumer);
        return consumer;
    }

    List<CallingConsumer> consumers() {
        return consumers;
    }

    Path cacheFolder() {
        return folder.resolve("cache");
    }

    /** Starts consumers that share a folder: one as most are, and some that go by the registry's word alone. */
    void startConsumers(int count) {
        consumer("consumer-1").start();
        for (int i = 2; i <= count; i++) {
            consumer("consumer-" + i, false).start();
        }
    }

    /** Waits until every node shows all instances as passing. */
    void awaitAllPassing() {
        Conditions.await("all instances to be passing on all nodes", SHOWN_LIMIT, () -> {
            for (NodeProcess node : cluster.nodes()) {
                var shown = watch.shown(node.id());
                for (Place place : places) {
                    Sighting sighting = shown.getOrDefault(place.instance(), Sighting.absent(place.instance()));
                    if (!sighting.isPassing()) {
                        throw new AssertionError(node.id() + " shows " + sighting);
                    }
                }
            }
        });
    }

    /** A node dies and starts again after a while; returns when it serves. */
    void kill(NodeProcess node, Duration dead) {
        long from = now();
        boolean leads = cluster.awaitLeader().equals(node);
        try (OpenFault fault = recorder.fault("kill", node.id() + (leads ? " (leader)" : " (follower)"))) {
            long pid = node.pid();
            node.kill();
            fault.hit("SIGKILL ended process " + pid);
            Hold.forFault(dead, "the node is dead");
            node.start();
            leases.add(new LeaseEvent.Disturbed(node.id(), "kill", from, now()));
            node.awaitReady(HEAL_LIMIT);
        }
    }

    /** All nodes die at once, and start again when something was done meanwhile. */
    void killAll(Runnable meanwhile) {
        long from = now();
        try (OpenFault fault = recorder.fault("kill", "all")) {
            cluster.nodes().parallelStream().forEach(NodeProcess::kill);
            fault.hit("SIGKILL ended all");
            meanwhile.run();
            cluster.nodes().forEach(NodeProcess::start);
            cluster.nodes().forEach(node -> leases.add(new LeaseEvent.Disturbed(node.id(), "kill", from, now())));
            cluster.nodes().forEach(node -> node.awaitReady(HEAL_LIMIT));
        }
    }

    /** Ends the calls, checks and saves what was seen, and requires that all was as promised. */
    Findings finish() {
        cluster.nodes().forEach(node -> node.awaitReady(HEAL_LIMIT));
        awaitAllPassing();
        consumers.forEach(CallingConsumer::stop);
        PlainClient client = new PlainClient(Duration.ofSeconds(20));
        recorder.count(Figure.HASHES_COMPARED, Digests.compareLive(client, cluster.nodes(), HEAL_LIMIT));
        recorder.count(Figure.HASH_MISMATCHES, 0);
        watch.close();
        SERVICES.forEach(service -> RegistryStory.of(client, cluster.nodes().get(0), service)
                .withdrawals(startedAt)
                .forEach(calls::add));
        List<LeaseEvent> shown = leases.events();
        List<CallEvent> made = calls.events();
        LeaseHistory.write(folder.resolve(LeaseHistory.FILE), shown);
        CallHistory.write(folder.resolve(CallHistory.FILE), made);
        CallChecks.Outcome outcome = CallChecks.check(made, shown, BOUNDS);
        outcome.millis().forEach((what, all) -> all.forEach(each -> recorder.millis(what, each)));
        Findings findings = outcome.findings();
        findings.figures().forEach(recorder::count);
        recorder.count(Figure.ACKNOWLEDGED, findings.figure(Figure.CALLS));
        var longest = new TreeMap<String, Long>();
        outcome.millis()
                .forEach((what, all) -> longest.put(
                        what, all.stream().mapToLong(Long::longValue).max().orElse(0)));
        Trial.LOG
                .atInfo()
                .addKeyValue("history", folder)
                .addKeyValue("figures", findings.figures())
                .addKeyValue("longestMillis", longest)
                .addKeyValue("violations", findings.violations().size())
                .log("calls checked");
        if (!findings.violations().isEmpty()) {
            throw new AssertionError(
                    "the calls are not what was promised:\n" + String.join("\n", findings.violations()));
        }
        return findings;
    }

    @Override
    public void close() {
        consumers.forEach(CallingConsumer::close);
        places.forEach(Place::close);
        watch.close();
        cluster.close();
    }
}
