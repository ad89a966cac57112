package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.mutant.Mutant;
import io.rollcall.chaos.mutant.MutantNodes;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.report.Recorder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checks of the checks of watches: servers that tell wrongly on purpose do not pass. */
final class WatchMutationIT {

    /** What finds which mutant, by which words. */
    private enum Hunt {
        UNTOLD_CHANGE(Mutant.UNTOLD_CHANGE, WatchScenario.CHANGES, "is put together as|was told and .* was not"),
        LATE_RESUME(Mutant.LATE_RESUME, WatchScenario.KILLED_NODES, "follows version|was told and .* was not"),
        EARLY_ID(Mutant.EARLY_ID, WatchScenario.CHANGES, "has the id|was told and .* was not");

        private final Mutant mutant;
        private final WatchScenario scenario;
        private final String words;

        Hunt(Mutant mutant, WatchScenario scenario, String words) {
            this.mutant = mutant;
            this.scenario = scenario;
            this.words = words;
        }
    }

    /** The mutants that are hunted here. */
    static Set<Mutant> hunted() {
        return Arrays.stream(Hunt.values())
                .map(hunt -> hunt.mutant)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Mutant.class)));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("chaos")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void mutantIsCaught(Hunt hunt, Recorder recorder) {
        recorder.count(Figure.MUTATIONS, 1);
        // What is found of a broken server is no finding of the run.
        Recorder aside = new Recorder(recorder.name() + " hunt", "A hunt", 0);
        ClusterOptions options =
                WatchTrial.options("mutant-" + hunt.mutant.label()).within(MutantNodes.all(hunt.mutant));
        try (WatchTrial trial = new WatchTrial(options, WatchScenario.SMALL, aside)) {
            Throwable caught = catchThrowable(() -> hunt.scenario.run(trial));
            assertThat(trial.cluster().nodes())
                    .as("a node on which %s made a difference", hunt.mutant.label())
                    .anyMatch(node -> node.logLines().contains(hunt.mutant.atWork()));
            assertThat(caught)
                    .as("what %s finds of: %s", hunt.scenario, hunt.mutant.breakage())
                    .isInstanceOf(AssertionError.class);
            assertThat(String.valueOf(caught.getMessage())).containsPattern(hunt.words);
            recorder.count(Figure.MUTATIONS_CAUGHT, 1);
        }
    }
}
