package io.rollcall.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** The page says what happened, hides nothing, and stays harmless and readable whatever it is given. */
final class HtmlReportTest {

    private static final String HOSTILE = "</pre><script>alert('x')</script> & \" \u0007";

    @Test
    void figuresOfTheRunAreOnThePage() {
        String page = HtmlReport.page(SampleRun.report());

        assertThat(page)
                .contains("5 scenarios: 2 passed, 2 failed, 1 skipped.")
                .contains("930,548", "319,331 acknowledged writes", "640 keys checked for linearizability")
                .contains("610,201 operations, undecided 2 (0.31 %)")
                .contains("7 of 8", "12 of 12", "time without a write after a leader&#39;s death")
                .contains("39228ae64b01", "38 min 24 s", "24 GiB memory", "no production figures");
    }

    @Test
    void withoutALossTheBoundOfItsRateIsGiven() {
        var figures = Map.of(Figure.ACKNOWLEDGED_WRITES, 30_000L, Figure.LOST, 0L);

        String page = HtmlReport.page(SampleRun.report(SampleRun.result("A.a", Verdict.PASSED, "", figures)));

        assertThat(page).contains("rate of loss below 1 in 10,000 (95 %, 3/M)").contains(">Passed</h1>");
    }

    @Test
    void writesOfAScenarioThatDidNotLookForLossesAreNoTrialsOfOne() {
        String page = HtmlReport.page(SampleRun.report(
                SampleRun.result("A.a", Verdict.PASSED, "", Map.of(Figure.ACKNOWLEDGED_WRITES, 30L, Figure.LOST, 0L)),
                SampleRun.result("A.b", Verdict.PASSED, "", Map.of(Figure.ACKNOWLEDGED_WRITES, 999L))));

        assertThat(page).contains("30 acknowledged writes<").contains("1,029");
    }

    @Test
    void whatNobodyLookedForIsNotCalledZero() {
        String page = HtmlReport.page(SampleRun.report(SampleRun.result("A.a", Verdict.PASSED, "", Map.of())));

        assertThat(page).contains("not checked", "<b class=\"\">–</b>").doesNotContain("rate of loss");
    }

    @Test
    void zeroOfNothingIsNoProof() {
        var figures = Map.of(Figure.DISHONEST, 0L, Figure.NOT_DONE, 0L, Figure.LOST, 0L);

        RunReport report = SampleRun.report(SampleRun.result("A.a", Verdict.PASSED, "", figures));

        assertThat(ZeroCheck.of(report))
                .filteredOn(check -> check.violation() == Figure.DISHONEST)
                .extracting(ZeroCheck::state)
                .containsExactly(ZeroCheck.State.NOT_CHECKED);
        assertThat(HtmlReport.page(report)).contains("how often it could have happened was not counted");
    }

    @Test
    void hostileTextStaysText() {
        ScenarioResult hostile = new ScenarioResult(
                HOSTILE,
                HOSTILE,
                1,
                Verdict.FAILED,
                HOSTILE,
                SampleRun.STARTED,
                9_000,
                Map.of(),
                Map.of(HOSTILE, List.of(1L)),
                List.of(new FaultSpan(HOSTILE, HOSTILE, 1, 2, HOSTILE)),
                List.of(new Second(0, 1, 1, 1, 1, 1)));

        String page = HtmlReport.page(SampleRun.report(hostile));

        assertThat(page).contains("&lt;script&gt;alert(&#39;x&#39;)").doesNotContain("<script", "\u0007");
    }

    @Test
    void aFigureThatMustBeZeroAndIsNotIsAFailureDespiteTheVerdict() {
        String page = HtmlReport.page(
                SampleRun.report(SampleRun.result("A.a", Verdict.PASSED, "", Map.of(Figure.DOUBLED, 2L))));

        assertThat(page)
                .contains(">Failed</h1>")
                .contains("writes applied twice: 2, which must be zero, although the scenario itself did not object")
                .doesNotContain("✓ passed");
    }

    @Test
    void skippedScenariosAreNamedWithTheirReasonAndAreNoPasses() {
        String page = HtmlReport.page(
                SampleRun.report(SampleRun.result("PowerLossIT.all", Verdict.SKIPPED, "needs root", Map.of())));

        assertThat(page)
                .contains(">Nothing was tried</h1>", "Skipped: nothing is known of these", "needs root", "– skipped")
                .doesNotContain("✓ passed");
    }

    @Test
    void aRunWithoutSomeOfItsResultsIsNotComplete() {
        RunReport report = SampleRun.report(SampleRun.result("A.a", Verdict.PASSED, "", Map.of()));

        String page = HtmlReport.page(new RunReport(report.origin(), 1, 1, 3, report.results()));

        assertThat(page).contains(">Incomplete</h1>", "2 scenarios left no result");
    }

    @Test
    void faultsShadeThePlotsAndSayWhatTheyWere() {
        String page = HtmlReport.page(SampleRun.report());

        assertThat(page)
                .contains("<rect class=\"shade\"", "<title>isolate of n3, 0:22.0 to 0:31.0: 61,440 bytes held</title>");
    }

    @Test
    void aLongRunIsDrawnInAtMostSixHundredSteps() {
        List<Second> seconds = new ArrayList<>();
        for (int i = 0; i < 86_400; i++) {
            seconds.add(new Second(i, 100 + i % 7, 0, 0, 2, 20));
        }
        List<FaultSpan> faults = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            faults.add(new FaultSpan("kill", "n1", i * 17_000L, i * 17_000L + 900, "exit code 137"));
        }

        assertThat(Bin.of(seconds)).hasSizeLessThanOrEqualTo(Bin.MAX_BINS);
        assertThat(FaultLane.of(faults, new TimeAxis(86_400_000)))
                .singleElement()
                .satisfies(lane -> assertThat(lane.marks()).hasSizeLessThan(TimeAxis.WIDTH));
    }

    @Test
    void scalesEndAtRoundNumbers() {
        assertThat(ThroughputPlot.roundUp(0)).isEqualTo(2);
        assertThat(ThroughputPlot.roundUp(517)).isEqualTo(600);
        assertThat(ThroughputPlot.roundUp(9_100)).isEqualTo(10_000);
    }

    @Test
    void manyFaultsAreSummedUpByKindAndListedOnDemand() {
        assertThat(HtmlReport.page(SampleRun.report())).contains("<summary>All 150 faults</summary>", "Unproved");
    }

    @Test
    void howToRepeatAScenarioIsSaid() {
        assertThat(HtmlReport.page(SampleRun.report()))
                .contains("-Dit.test=&#39;KillNineIT#leaderDiesUnderLoad&#39;", "-Drollcall.test.seed=42", "-Pchaos");
    }

    @Test
    void thePageIsWellFormedAndNeedsNothingElse(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("new").resolve("report.html");

        HtmlReport.write(SampleRun.report(), file);

        String page = Files.readString(file);
        assertThat(page).doesNotContain("http://", "https://", "src=", "@import", "<script", "<link");
        String xml = page.substring(page.indexOf("<html"));
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
