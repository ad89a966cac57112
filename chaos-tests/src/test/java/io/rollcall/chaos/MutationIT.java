package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.mutant.Mutant;
import io.rollcall.chaos.mutant.MutantNodes;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.report.Recorder;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The checks of the checks: servers that are broken on purpose do not pass the scenarios, and the server as it is does. What
 * counts is the finding of a check; a cluster that does not start, or a wait that is in vain, finds nothing.
 */
final class MutationIT {

    /** A difference to the other nodes needs one that is broken, since all alike do not differ. */
    private static final String ONE_NODE = "n2";

    private static final String ALL_NODES = "";

    /** What finds which mutant. */
    private enum Hunt {
        ACK_BEFORE_MAJORITY(Mutant.ACK_BEFORE_MAJORITY, ALL_NODES, Scenario.LONE_LEADER_LOST, Finding.WRITES),
        LOCAL_READ(Mutant.LOCAL_READ, ALL_NODES, Scenario.PAUSED_LEADER, Finding.OLD_VALUE),
        NO_DEDUP(Mutant.NO_DEDUP, ALL_NODES, Scenario.REPETITION, Finding.REPETITIONS),
        NO_PRECONDITION(Mutant.NO_PRECONDITION, ALL_NODES, Scenario.CONDITIONAL_WRITES, Finding.WINNERS),
        APPLIED_INDEX_NOT_WRITTEN(
                Mutant.APPLIED_INDEX_NOT_WRITTEN, ONE_NODE, Scenario.CLEAN_RESTART, Finding.WRITES_OR_ORDER),
        FORGOTTEN_INSTANCE(Mutant.FORGOTTEN_INSTANCE, ONE_NODE, Scenario.REPLICAS, Finding.REPLICAS),
        UNKNOWN_TOLD_AS_REFUSED(
                Mutant.UNKNOWN_TOLD_AS_REFUSED, ALL_NODES, Scenario.LONE_LEADER_FOLLOWED, Finding.WRITES),
        STALE_VIEW(Mutant.STALE_VIEW, ALL_NODES, Scenario.READS_AT_INDEX, Finding.AT_INDEX),
        AMNESIAC_VOTER(Mutant.AMNESIAC_VOTER, ALL_NODES, Scenario.WIPED_NODE, Finding.MAJORITY),
        SNAPSHOT_KEEPS_OLD_DATABASE(
                Mutant.SNAPSHOT_KEEPS_OLD_DATABASE, ALL_NODES, Scenario.SNAPSHOT_INSTALL, Finding.WRITES_OR_ORDER),
        INDEX_REUSED(Mutant.INDEX_REUSED, ALL_NODES, Scenario.LOAD, Finding.ORDER),
        DUPLICATE_ON_FORWARD(Mutant.DUPLICATE_ON_FORWARD, ALL_NODES, Scenario.LOAD, Finding.WRITES);

        private final Mutant mutant;
        private final String node;
        private final Scenario scenario;
        private final Finding finding;

        Hunt(Mutant mutant, String node, Scenario scenario, Finding finding) {
            this.mutant = mutant;
            this.node = node;
            this.scenario = scenario;
            this.finding = finding;
        }

        private ClusterOptions options() {
            ClusterOptions options = scenario.options("mutant-" + mutant.label());
            return options.within(node.equals(ALL_NODES) ? MutantNodes.all(mutant) : MutantNodes.only(mutant, node));
        }
    }

    /** Which check speaks, by its words. */
    private enum Finding {
        WRITES("against what was acknowledged"),
        ORDER("order of indexes"),
        WRITES_OR_ORDER("against what was acknowledged|order of indexes"),
        REPETITIONS("answers to repetitions"),
        REPLICAS("replicas differ"),
        OLD_VALUE("value read at"),
        WINNERS("winners of a race"),
        AT_INDEX("at index"),
        MAJORITY("without a majority that knows");

        private final String words;

        Finding(String words) {
            this.words = words;
        }
    }

    @Test
    void everyMutantIsHuntedThatLeavesTracesInAProcess() {
        EnumSet<Mutant> elsewhere = EnumSet.of(Mutant.SKIPPED_FSYNC);
        elsewhere.addAll(LeaseMutationIT.hunted());
        elsewhere.addAll(WatchMutationIT.hunted());

        assertThat(Arrays.stream(Hunt.values()).map(hunt -> hunt.mutant))
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(elsewhere));
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_DEDUP", "STALE_VIEW"})
    void mutantIsCaughtInEveryBuild(Hunt hunt, Recorder recorder) {
        run(hunt, recorder);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("chaos")
    void mutantIsCaught(Hunt hunt, Recorder recorder) {
        run(hunt, recorder);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("chaos")
    void serverAsItIsPasses(Scenario scenario) {
        try (ClusterProcess cluster = ClusterProcess.start(scenario.options("scenario-" + scenario.name()))) {
            scenario.run(cluster);
        }
    }

    /** The page cache outlives all processes. What finds this one is a loss of power. */
    @Test
    @Tag("chaos")
    void skippedFsyncOutlivesTheDeathOfAllProcesses() {
        ClusterOptions options =
                Scenario.KILLS.options("mutant-skipped-fsync").within(MutantNodes.all(Mutant.SKIPPED_FSYNC));
        try (ClusterProcess cluster = ClusterProcess.start(options)) {
            Scenario.KILLS.run(cluster);
            assertAtWork(cluster, Mutant.SKIPPED_FSYNC);
        }
    }

    private static void run(Hunt hunt, Recorder recorder) {
        recorder.count(Figure.MUTATIONS, 1);
        try (ClusterProcess cluster = ClusterProcess.start(hunt.options())) {
            long start = System.nanoTime();
            Throwable caught = catchThrowable(() -> hunt.scenario.run(cluster));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Trial.LOG
                    .atInfo()
                    .addKeyValue("mutant", hunt.mutant.label())
                    .addKeyValue("tookMillis", took.toMillis())
                    .addKeyValue("finding", caught == null ? "none" : firstLines(caught))
                    .log("hunt ended");
            assertAtWork(cluster, hunt.mutant);
            assertThat(caught)
                    .as("what %s finds of: %s", hunt.scenario, hunt.mutant.breakage())
                    .isInstanceOfAny(AssertionError.class, IllegalStateException.class)
                    .message()
                    .containsPattern(hunt.finding.words);
            recorder.count(Figure.MUTATIONS_CAUGHT, 1);
        }
    }

    private static String firstLines(Throwable caught) {
        List<String> lines =
                String.valueOf(caught.getMessage()).lines().limit(8).toList();
        String text = String.join(" | ", lines);
        return text.substring(0, Math.min(text.length(), 600));
    }

    private static void assertAtWork(ClusterProcess cluster, Mutant mutant) {
        assertThat(cluster.nodes())
                .as("a node on which %s made a difference", mutant.label())
                .anyMatch(node -> node.logLines().contains(mutant.atWork()));
    }
}
