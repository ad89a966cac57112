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

/** The checks of the checks of leases: servers whose leases are broken on purpose do not pass. */
final class LeaseMutationIT {

    /** What finds which mutant, by which words. */
    private enum Hunt {
        UNGOVERNED_EXPIRY(Mutant.UNGOVERNED_EXPIRY, LeaseScenario.MASS_SILENCE, "stay in discovery"),
        HASTY_VERDICT(Mutant.HASTY_VERDICT, LeaseScenario.FAILING_TARGETS, "no leader had seen");

        private final Mutant mutant;
        private final LeaseScenario scenario;
        private final String words;

        Hunt(Mutant mutant, LeaseScenario scenario, String words) {
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
                hunt.scenario.options("mutant-" + hunt.mutant.label()).within(MutantNodes.all(hunt.mutant));
        try (LeaseTrial trial = new LeaseTrial(options, aside)) {
            Throwable caught = catchThrowable(() -> hunt.scenario.run(trial));
            assertThat(trial.cluster().nodes())
                    .as("a node on which %s made a difference", hunt.mutant.label())
                    .anyMatch(node -> node.logLines().contains(hunt.mutant.atWork()));
            assertThat(caught)
                    .as("what %s finds of: %s", hunt.scenario, hunt.mutant.breakage())
                    .isNotNull();
            assertThat(String.valueOf(caught.getMessage())).containsPattern(hunt.words);
            recorder.count(Figure.MUTATIONS_CAUGHT, 1);
        }
    }
}
