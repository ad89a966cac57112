package io.rollcall.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The summary fits on a screen and begins with what matters. */
final class TerminalSummaryTest {

    @Test
    void theVerdictComesFirst() {
        assertThat(TerminalSummary.of(SampleRun.report()).get(0))
                .isEqualTo("FAILED - 5 scenarios: 2 passed, 2 failed, 1 skipped.");
    }

    @Test
    void whatFailedWhatWasSkippedAndWhatHeldIsSaid() {
        assertThat(String.join("\n", TerminalSummary.of(SampleRun.report())))
                .contains("failed       KillNineIT.leaderDiesUnderLoad: acknowledged writes lost: 1")
                .contains("skipped      PowerLossIT.allNodesLosePowerAtOnce: Assumption failed: needs root")
                .contains("BROKEN       acknowledged writes lost 1 of 319,331")
                .contains("held         keys not linearizable 0 of 640 (610,201 operations, undecided 2 (0.31 %))")
                .contains("NOT ALL      broken builds caught 7 of 8")
                .contains("28 kill", "no production figures");
    }

    @Test
    void whatNobodyLookedForIsNamed() {
        assertThat(TerminalSummary.of(SampleRun.report(SampleRun.result("A.a", Verdict.PASSED, "", Map.of()))))
                .anyMatch(line -> line.contains("not checked  acknowledged writes lost"));
    }

    @Test
    void aHundredFailuresStillFitOnAScreen() {
        ScenarioResult[] results = IntStream.range(0, 200)
                .mapToObj(i -> SampleRun.result(
                        "A.a" + i,
                        i % 2 == 0 ? Verdict.FAILED : Verdict.SKIPPED,
                        "many\nlines\n\u001b[31m".repeat(50),
                        Map.of()))
                .toArray(ScenarioResult[]::new);

        assertThat(TerminalSummary.of(SampleRun.report(results)))
                .hasSizeLessThanOrEqualTo(TerminalSummary.MAX_LINES)
                .allMatch(line -> line.length() <= 240 && !line.contains("\n") && !line.contains("\u001b"));
    }
}
