package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.checker.Findings;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.report.OpenFault;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.watch.Watcher;
import io.rollcall.chaos.workload.ChangeLoad;
import io.rollcall.chaos.workload.Door;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever watches is told of every change, once and in order, whatever happens to the node that tells. */
final class WatchIT {

    private static final Duration DEAD = Duration.ofSeconds(1);
    private static final int SNAPSHOTS_MAX_PERCENT = 2;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void watchersMissNothingWhileTheirNodesDie(Recorder recorder) {
        try (WatchTrial trial = new WatchTrial(WatchTrial.options("watch-kills"), WatchScenario.SMALL, recorder)) {
            Findings findings = WatchScenario.KILLED_NODES.run(trial);
            assertThat(findings.figure(Figure.WATCH_RESUMES)).as("resumes").isPositive();
        }
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void tenThousandWatchersMissNothingWhileTheirNodesDieInTurn(Recorder recorder) {
        ChangeLoad.Plan plan = new ChangeLoad.Plan(1_000, 16, 200);
        // As everybody has it, but for a heap that ten thousand watchers fit into on two nodes.
        ClusterOptions options = ClusterOptions.named("watch-many").withJvmOption("-Xmx768m");
        try (WatchTrial trial = new WatchTrial(options, plan, recorder)) {
            trial.begin(10_000);
            long begun = System.nanoTime();
            long end = begun + Duration.ofMinutes(6).toNanos();
            List<NodeProcess> nodes = trial.cluster().nodes();
            int kills = 0;
            while (System.nanoTime() < end || kills < Trial.rounds(12)) {
                Hold.forFault(Duration.ofSeconds(4), "all nodes serve");
                trial.kill(nodes.get(kills++ % nodes.size()), Duration.ofSeconds(2));
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            trial.load().stop();
            Trial.LOG
                    .atInfo()
                    .addKeyValue("kills", kills)
                    .addKeyValue(
                            "changesPerSecond",
                            Math.round(trial.load().changes().size() / seconds))
                    .log("load ended");
            Findings findings = trial.finish();
            assertThat(findings.figure(Figure.WATCH_RESUMES)).as("resumes").isGreaterThan(10_000);
            // Nodes remember what they told, and what they did not is in the history.
            assertThat(findings.figure(Figure.WATCH_RESUMES_BY_SNAPSHOT))
                    .as("services resumed by a snapshot")
                    .isLessThanOrEqualTo(findings.figure(Figure.WATCH_SERVICES_RESUMED) * SNAPSHOTS_MAX_PERCENT / 100);
        }
    }

    /** The node that they come to has slept, and knows less than they do. */
    @Test
    @Tag("chaos")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void watchersThatGoToANodeWhichIsBehindNeverGoBack(Recorder recorder) {
        try (WatchTrial trial = new WatchTrial(WatchTrial.options("watch-behind"), WatchScenario.SMALL, recorder)) {
            trial.begin(300);
            for (int round = 0; round < Trial.rounds(12); round++) {
                NodeProcess leader = trial.cluster().awaitLeader();
                NodeProcess behind =
                        trial.cluster().others(leader).get(trial.random().nextInt(2));
                try (OpenFault fault = trial.recorder().fault("pause", behind.id())) {
                    behind.pause();
                    try {
                        Hold.forFault(Duration.ofMillis(1_500), "the node falls behind");
                        fault.hit("the kernel shows it as stopped: " + behind.isPaused());
                        // Their requests are in its sockets when it wakes.
                        trial.fleet().move(some(trial), Door.of(List.of(behind)).get(0));
                        Hold.forFault(Duration.ofMillis(300), "the watchers come");
                    } finally {
                        behind.resume();
                    }
                }
                Hold.forFault(Duration.ofSeconds(1), "all nodes serve");
            }
            Findings findings = trial.finish();
            assertThat(findings.figure(Figure.WATCH_RESUMES)).as("resumes").isPositive();
        }
    }

    private static List<Watcher> some(WatchTrial trial) {
        return trial.fleet().watchers().stream()
                .filter(watcher -> trial.random().nextInt(3) == 0)
                .toList();
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void watchersMissNothingWhileAllNodesDieAtOnce(Recorder recorder) {
        try (WatchTrial trial = new WatchTrial(WatchTrial.options("watch-all-die"), WatchScenario.SMALL, recorder)) {
            trial.begin(300);
            for (int round = 0; round < Trial.rounds(3); round++) {
                Hold.forFault(Duration.ofSeconds(2), "all nodes serve");
                try (OpenFault fault = trial.recorder().fault("kill", "all")) {
                    trial.cluster().nodes().parallelStream().forEach(NodeProcess::kill);
                    fault.hit("SIGKILL ended all");
                    Hold.forFault(DEAD, "nobody serves");
                    trial.cluster().nodes().forEach(NodeProcess::start);
                    trial.cluster().awaitAllReady();
                }
            }
            trial.finish();
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void tenThousandChangesOfAnotherServiceWakeNobody(Recorder recorder) {
        // The registry's own waits are no reader's: they are to be many.
        ClusterOptions options = WatchTrial.options("watch-wake-ups").with("ROLLCALL_CANARY_INTERVAL", "1s");
        try (WatchTrial trial = new WatchTrial(options, WatchScenario.SMALL, recorder)) {
            new WakeUps(trial).run(10_000);
        }
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void slowReaderCostsTheNodeNothingAndIsToldTheNewestOrSentAway(Recorder recorder) {
        ChangeLoad.Plan plan = new ChangeLoad.Plan(500, 8, 100);
        ClusterOptions options = WatchTrial.options("watch-slow").with("ROLLCALL_WATCH_WRITE_TIMEOUT", "5s");
        try (WatchTrial trial = new WatchTrial(options, plan, recorder)) {
            new SlowReader(trial, plan).run(20_000);
        }
    }
}
