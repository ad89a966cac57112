package io.rollcall.bench.suite;

import io.rollcall.bench.process.EtcdCluster;
import io.rollcall.bench.process.Machine;
import io.rollcall.bench.report.Report;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All experiments, in the order in which they disturb each other least. */
public final class Suite {

    /** The experiment that compares a cluster with protection and one without. */
    public static final String SECURE = "secure";

    /** The experiment that compares a cluster that tells of itself and one that does not. */
    public static final String TELEMETRY = "telemetry";

    private record Entry(String name, List<Experiment> experiments) {}

    private static final List<Entry> SHARED = List.of(
            new Entry("discovery", List.of(new Discovery(64), new Discovery(256))),
            new Entry("linearizable", List.of(new LinearizableReads())),
            new Entry("idle", List.of(new IdleWrites())),
            new Entry("heartbeats", List.of(new Heartbeats())),
            new Entry("registrations", List.of(new Registrations())),
            new Entry("watch", List.of(new ChangeToWatcher())),
            new Entry("large-service", List.of(new ServiceSize())));

    /** With clusters of their own and the machine for themselves. */
    private static final List<Entry> ALONE = List.of(
            new Entry("heartbeat-log", List.of(new HeartbeatLog())),
            new Entry("checks", List.of(new HealthChecks())),
            new Entry("fan-out", List.of(new FanOut())),
            new Entry("failover", List.of(new Failover())),
            new Entry("memory", List.of(new Memory())),
            new Entry("leases", List.of(new LeaseTable())),
            new Entry(SECURE, List.of(new Secured())),
            new Entry(TELEMETRY, List.of(new Observed())));

    private Suite() {}

    /** Returns the names of all experiments, in order. */
    public static List<String> names() {
        return Stream.concat(SHARED.stream(), ALONE.stream()).map(Entry::name).toList();
    }

    /**
     * Runs experiments.
     *
     * @param chosen of {@link #names()}
     * @param options how much
     * @return what they measured
     * @throws IOException if a process or file fails
     */
    public static Report run(Set<String> chosen, SuiteOptions options) throws IOException {
        var report = new Report();
        Machine.facts(options.folder()).forEach(report::fact);
        report.fact(
                "peer",
                EtcdCluster.installed().isPresent() ? "etcd" : "none: etcd is not installed (Debian: etcd-server)");
        report.fact(
                "rounds",
                options.rounds() + " of " + options.roundTime().toMillis() / 1000.0 + " s, after a warm-up of "
                        + options.warmUp().toSeconds() + " s each");
        try (var bed = new TestBed(options)) {
            run(SHARED, chosen, bed, report);
            bed.stopShared();
            run(ALONE, chosen, bed, report);
        }
        return report;
    }

    private static void run(List<Entry> entries, Set<String> chosen, TestBed bed, Report report) {
        for (var entry : entries) {
            if (chosen.contains(entry.name())) {
                for (var experiment : entry.experiments()) {
                    run(entry.name(), experiment, bed, report);
                }
            }
        }
    }

    /** What one experiment finds broken does not take the figures of the others away. */
    private static void run(String name, Experiment experiment, TestBed bed, Report report) {
        try {
            experiment.run(bed, report);
        } catch (IOException | RuntimeException e) {
            Progress.say(name + " broke off: " + e);
            report.addBroken(name, e);
        }
    }
}
