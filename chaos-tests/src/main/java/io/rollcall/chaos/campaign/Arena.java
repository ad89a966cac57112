package io.rollcall.chaos.campaign;

import io.rollcall.chaos.checker.Findings;
import io.rollcall.chaos.checker.HistoryChecks;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.history.Digests;
import io.rollcall.chaos.history.HistoryFile;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.Observation;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.report.Ending;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.report.OpenFault;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.workload.KeyLoad;
import io.rollcall.chaos.workload.Requests;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster under the load of clients that fight for the same few instances: the place where faults are done. What the
 * clients saw is checked at the end, and saved. Driven by one thread.
 */
public final class Arena implements AutoCloseable {

    /** How long a healed cluster may take until it takes writes at every node. */
    public static final Duration HEAL_LIMIT = Duration.ofSeconds(60);

    /** A share of undecided histories above which a run proves too little, in percent. */
    private static final int UNDECIDED_MAX_PERCENT = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Arena.class);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration DIGEST_LIMIT = Duration.ofSeconds(60);
    private static final InstanceRef PROBE = new InstanceRef("probe", "healed");

    private final ClusterProcess cluster;
    private final KeyLoad load;
    private final LeaderWatch leaders;
    private final Recorder recorder;
    private final Path historyFile;
    private final WriteGaps gaps = new WriteGaps();
    private final PlainClient probe = new PlainClient(PROBE_TIMEOUT);
    private final AtomicLong probes = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private long hashesCompared;

    private Arena(ClusterOptions options, KeyLoad.Rate rate, SplittableRandom random, Recorder recorder) {
        this.cluster = ClusterProcess.start(options);
        this.recorder = recorder;
        this.historyFile = options.folder().resolve("history.jsonl.gz");
        this.leaders = new LeaderWatch(cluster);
        this.load = new KeyLoad("keys", cluster::nodes, rate, random, this::observe);
    }

    /**
     * Starts a cluster, and the load on it.
     *
     * @param options of the cluster
     * @param rate of the load
     * @param random decides what the clients do
     * @param recorder takes the notes
     * @return the arena, to be closed
     */
    public static Arena open(ClusterOptions options, KeyLoad.Rate rate, SplittableRandom random, Recorder recorder) {
        Arena arena = new Arena(options, rate, random, recorder);
        arena.load.start();
        return arena;
    }

    private void observe(Observation seen) {
        long latency = seen.returnedNanos() - seen.calledNanos();
        Ending ending = switch (seen.verdict()) {
            case DONE, REFUSED -> Ending.ACKNOWLEDGED;
            case NOT_DONE -> Ending.NOT_DONE;
            case UNKNOWN -> Ending.UNKNOWN;
        };
        recorder.operation(ending, System.nanoTime(), latency);
        if (ending == Ending.ACKNOWLEDGED) {
            acknowledged.incrementAndGet();
        }
        if (seen.isWrite() && seen.verdict() == Verdict.DONE) {
            gaps.written(System.nanoTime());
        }
    }

    /**
     * Returns the cluster.
     *
     * @return the same for the life of the arena
     */
    public ClusterProcess cluster() {
        return cluster;
    }

    /**
     * Returns how much the clients were answered so far.
     *
     * @return acknowledged operations
     */
    public long acknowledged() {
        return acknowledged.get();
    }

    /**
     * Returns the leader, once all members that run agree on one.
     *
     * @return the leader
     */
    public NodeProcess leader() {
        return cluster.awaitLeader(cluster.running(), HEAL_LIMIT);
    }

    /**
     * Begins a fault.
     *
     * @param kind of the fault, one of few
     * @param target what it hits
     * @return to be closed when it is healed
     */
    public OpenFault fault(String kind, String target) {
        LOG.atInfo().addKeyValue("kind", kind).addKeyValue("target", target).log("fault");
        gaps.forget();
        return recorder.fault(kind, target);
    }

    /**
     * Waits until every node is ready and takes a write, compares their state hashes, and notes how long writes had been missing around the fault.
     *
     * @param kind of the fault that is over
     */
    public void awaitHealed(String kind) {
        long start = System.nanoTime();
        cluster.nodes().forEach(node -> node.awaitReady(HEAL_LIMIT));
        cluster.nodes().forEach(this::awaitWrite);
        hashesCompared += Digests.compareLive(probe, cluster.nodes(), HEAL_LIMIT);
        recorder.millis("until healed after " + kind, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        recorder.millis("longest time without a write around " + kind, gaps.longestMillis(System.nanoTime()));
    }

    private void awaitWrite(NodeProcess node) {
        String requestId = "probe-" + probes.incrementAndGet();
        Conditions.await(node.id() + " to take a write", HEAL_LIMIT, () -> {
            Outcome outcome = probe.send(
                    node.http(), Requests.register(requestId, PROBE, false).request());
            if (!(outcome instanceof Outcome.Done)) {
                throw new AssertionError(node.id() + " takes no write: " + outcome);
            }
        });
    }

    /**
     * Asks a node something.
     *
     * @param node whom
     * @param request what
     * @return what is known of it
     */
    public Outcome ask(NodeProcess node, ApiRequest request) {
        return probe.send(node.http(), request);
    }

    /**
     * Ends the load, lets every node show what it has, saves the history, checks it, and notes what was counted.
     *
     * @return what was counted
     * @throws AssertionError if anything is wrong
     */
    public Findings finish() {
        Findings findings = check();
        findings.figures().forEach(recorder::count);
        requireClean(findings);
        return findings;
    }

    /**
     * Does the same, but notes and requires nothing.
     *
     * @return what was counted and what is wrong with the history
     * @throws AssertionError if the nodes cannot be asked
     * @throws IllegalStateException if replicas differ
     */
    public Findings check() {
        load.stop();
        cluster.awaitAllReady();
        load.readAll(cluster.nodes());
        long index = Digests.awaitEqual(probe, cluster.nodes(), DIGEST_LIMIT);
        List<Observation> history = load.history().observations();
        HistoryFile.write(historyFile, history);
        Findings findings = HistoryChecks.check(history);
        findings.count(Figure.HASH_MISMATCHES, 0);
        findings.count(Figure.HASHES_COMPARED, hashesCompared + cluster.nodes().size());
        findings.count(Figure.LEADER_CHANGES, leaders.changes());
        LOG.atInfo()
                .addKeyValue("index", index)
                .addKeyValue("history", historyFile)
                .addKeyValue("acknowledged", findings.figure(Figure.ACKNOWLEDGED))
                .addKeyValue("violations", findings.violations().size())
                .log("history checked");
        return findings;
    }

    private static void requireClean(Findings findings) {
        if (!findings.violations().isEmpty()) {
            throw new AssertionError(
                    "the history is not what was promised:\n" + String.join("\n", findings.violations()));
        }
        long undecided = findings.figure(Figure.KEYS_UNDECIDED);
        long checked = findings.figure(Figure.KEYS_CHECKED);
        if (undecided * 100 > checked * UNDECIDED_MAX_PERCENT) {
            throw new AssertionError(undecided + " of " + checked + " histories could not be decided");
        }
    }

    /** Ends the cluster and the load. */
    @Override
    public void close() {
        leaders.close();
        load.close();
        cluster.close();
    }
}
