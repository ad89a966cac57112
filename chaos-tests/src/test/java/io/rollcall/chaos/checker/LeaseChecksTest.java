package io.rollcall.chaos.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.lease.BeatEnding;
import io.rollcall.chaos.lease.LeaseHistory;
import io.rollcall.chaos.report.Figure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each check of leases finds what it is there for, and nothing in a history that is right. */
final class LeaseChecksTest {

    private static final String UNKNOWN_INSTANCE = "instance-not-found";
    private static final String REREGISTER = "reregister";

    /** Registered, and passing on two nodes from 100 ms on. */
    private final LeaseStory story = new LeaseStory()
            .led("n1", 0, 0)
            .enrolled(0)
            .looks("n1", 0, 50)
            .shows("n1", 100, "passing")
            .looks("n2", 0, 50)
            .shows("n2", 100, "passing");

    @Test
    void rightHistoryHasNoFindings(@TempDir Path folder) {
        story.beats(1_000, 10_000).silenced(10_500);
        story.looks("n1", 200, 13_300).shows("n1", 13_400, "critical").looks("n1", 13_500, 16_000);
        story.looks("n2", 200, 13_300).shows("n2", 13_500, "critical").looks("n2", 13_600, 16_000);
        story.resumed(16_000).beats(16_100, 20_000);
        story.shows("n1", 16_200, "passing").shows("n2", 16_300, "passing").looks("n1", 16_400, 20_000);

        var outcome = check();

        assertThat(outcome.findings().violations()).isEmpty();
        assertThat(outcome.findings().figure(Figure.BEATS)).isEqualTo(14);
        assertThat(outcome.findings().figure(Figure.SILENCES)).isEqualTo(1);
        assertThat(outcome.findings().figure(Figure.EXPIRIES)).isEqualTo(1);
        assertThat(outcome.millis())
                .containsEntry("from the end of a lease until all nodes gave the instance up", List.of(502L));
        Path file = folder.resolve("leases.jsonl.gz");
        LeaseHistory.write(file, story.events());
        assertThat(LeaseHistory.read(file)).isEqualTo(story.events());
    }

    @Test
    void beatingInstanceThatIsGivenUpIsFound() {
        story.beats(1_000, 10_000)
                .looks("n2", 200, 5_000)
                .shows("n2", 5_100, "critical")
                .looks("n2", 5_200, 6_000);

        assertFound(Figure.HEALTHY_EXPIRED);
    }

    @Test
    void beatingInstanceThatIsRemovedIsFound() {
        story.beats(1_000, 10_000)
                .looks("n2", 200, 5_000)
                .shows("n2", 5_100, "absent")
                .looks("n2", 5_200, 6_000);

        // The beats after that are acknowledged for what is not there.
        assertFound(Figure.HEALTHY_EXPIRED, Figure.BEATS_ANSWERED_WRONG);
    }

    @Test
    void instanceThatIsGivenUpBeforeItsTtlIsFound() {
        story.beats(1_000, 5_000).silenced(5_500);
        story.looks("n1", 200, 7_000).shows("n1", 7_100, "critical").looks("n1", 7_200, 7_800);

        assertFound(Figure.HEALTHY_EXPIRED);
    }

    @Test
    void acknowledgedBeatThatRevivesNobodyIsFound() {
        story.beats(1_000, 2_000).looks("n1", 200, 5_000).shows("n1", 5_100, "critical");
        story.beats(7_000, 9_000).looks("n1", 5_200, 9_000);

        assertFound(Figure.HEALTHY_EXPIRED);
    }

    @Test
    void nodeThatIsBehindMayShowAnOldVerdict() {
        story.beats(1_000, 2_000).looks("n2", 200, 5_000).shows("n2", 5_100, "critical");
        story.beats(7_000, 9_000).looksStale("n2", 5_200, 9_000);

        assertThat(check().findings().violations()).isEmpty();
    }

    @Test
    void instanceThatBeatInVainIsCountedApart() {
        story.beats(1_000, 2_000);
        for (long at = 3_000; at < 9_000; at += 500) {
            story.beat(at, BeatEnding.UNKNOWN);
        }
        story.looks("n1", 200, 8_000).shows("n1", 8_100, "critical").looks("n1", 8_200, 9_000);

        var findings = check().findings();

        assertThat(findings.violations()).isEmpty();
        assertThat(findings.figure(Figure.UNHEARD_EXPIRED)).isEqualTo(1);
        assertThat(findings.figure(Figure.EXPIRIES)).isEqualTo(1);
    }

    @Test
    void silentInstanceThatStaysOnOneNodeIsFound() {
        story.beats(1_000, 5_000).silenced(5_500);
        story.looks("n1", 200, 8_300).shows("n1", 8_400, "critical").looks("n1", 8_500, 12_000);
        story.looks("n2", 200, 12_000);

        assertFound(Figure.SILENT_SHOWN);
    }

    @Test
    void silentInstanceThatIsHeldAsSuspectIsNone() {
        story.beats(1_000, 5_000).silenced(5_500);
        story.looks("n1", 200, 8_300).showsSuspect("n1", 8_400).looks("n1", 8_500, 12_000);

        var findings = check().findings();

        assertThat(findings.violations()).isEmpty();
        assertThat(findings.figure(Figure.SILENCES)).isEqualTo(1);
    }

    @Test
    void nodeThatIsBehindMayShowTheSilent() {
        story.beats(1_000, 5_000).silenced(5_500);
        story.looks("n2", 200, 6_000).looksStale("n2", 6_100, 20_000);

        var findings = check().findings();

        assertThat(findings.violations()).isEmpty();
        assertThat(findings.figure(Figure.SILENCES)).isZero();
    }

    @Test
    void newLeaderGivesTheSilentTtlAndGrace() {
        story.beats(1_000, 5_000).silenced(5_500).led("n2", 7_000, 8_000);
        story.looks("n1", 200, 13_700).shows("n1", 13_800, "critical").looks("n1", 13_900, 15_000);

        assertThat(check().findings().violations()).isEmpty();
    }

    @Test
    void newLeaderThatGivesMoreIsFound() {
        story.beats(1_000, 5_000).silenced(5_500).led("n2", 7_000, 8_000);
        story.looks("n1", 200, 16_000);

        assertFound(Figure.SILENT_SHOWN);
    }

    @Test
    void leaderChangeAfterTheDeadlineIsNoExcuse() {
        story.beats(1_000, 5_000).silenced(5_500).led("n2", 9_500, 9_800);
        story.looks("n1", 200, 12_000);

        assertFound(Figure.SILENT_SHOWN);
    }

    @Test
    void leaderThatStoodStillAndStaysLeaderGivesTtlAndGrace() {
        story.beats(1_000, 5_000).silenced(5_500).disturbed("n1", 6_000, 9_000);
        story.looks("n1", 200, 13_800).shows("n1", 13_900, "critical").looks("n1", 14_000, 16_000);

        assertThat(check().findings().violations()).isEmpty();
    }

    @Test
    void pauseOfALeaderThatIsReplacedIsNoExcuseOfItsSuccessor() {
        story.beats(1_000, 5_000).silenced(5_500).disturbed("n1", 6_000, 20_000).led("n2", 6_000, 7_000);
        story.looks("n2", 200, 16_000);

        assertFound(Figure.SILENT_SHOWN);
    }

    @Test
    void beatThatIsHeardLateDelaysTheEnd() {
        story.beats(1_000, 5_000).beat(6_000, 6_600, BeatEnding.UNKNOWN).silenced(6_700);
        story.disturbed("n3", 5_500, 10_000);
        story.looks("n1", 200, 12_900).shows("n1", 13_000, "critical").looks("n1", 13_100, 16_000);

        assertThat(check().findings().violations()).isEmpty();
    }

    @Test
    void instanceThatComesBackByItselfIsFound() {
        story.beats(1_000, 5_000).silenced(5_500);
        story.looks("n1", 200, 8_300).shows("n1", 8_400, "critical").looks("n1", 8_500, 9_000);
        story.shows("n1", 9_100, "passing");

        assertFound(Figure.RESURRECTED);
    }

    @Test
    void removedInstanceThatComesBackByABeatIsFound() {
        story.beats(1_000, 5_000).silenced(5_500);
        story.looks("n1", 200, 8_300).shows("n1", 8_400, "absent").looks("n1", 8_500, 9_000);
        story.resumed(9_100).beat(9_200, BeatEnding.ACKED).shows("n1", 9_300, "passing");

        assertFound(Figure.RESURRECTED, Figure.BEATS_ANSWERED_WRONG);
    }

    @Test
    void removedInstanceThatRegistersAnewMayBeat() {
        story.beats(1_000, 5_000).silenced(5_500);
        story.looks("n1", 200, 8_300).shows("n1", 8_400, "absent").looks("n1", 8_500, 9_000);
        story.resumed(9_100)
                .refused(9_200, UNKNOWN_INSTANCE, REREGISTER)
                .enrolled(9_300)
                .shows("n1", 9_400, "passing");
        story.beats(10_000, 11_000);

        var findings = check().findings();

        assertThat(findings.violations()).isEmpty();
        assertThat(findings.figure(Figure.BEATS_REFUSED)).isEqualTo(1);
    }

    @Test
    void refusalOfWhatIsThereIsFound() {
        story.beats(1_000, 5_000).refused(5_500, UNKNOWN_INSTANCE, REREGISTER);

        assertFound(Figure.BEATS_ANSWERED_WRONG);
    }

    @Test
    void refusalWithoutAdviceIsFound() {
        story.beats(1_000, 2_000).refused(9_000, UNKNOWN_INSTANCE, "");

        assertFound(Figure.BEATS_ANSWERED_WRONG);
    }

    @Test
    void refusalOfTheNewestIncarnationIsFound() {
        story.beats(1_000, 2_000).refused(2_500, "stale-incarnation", "");

        assertFound(Figure.BEATS_ANSWERED_WRONG);
    }

    private LeaseChecks.Outcome check() {
        return LeaseChecks.check(story.events(), LeaseBounds.USUAL);
    }

    private void assertFound(Figure... expected) {
        var findings = check().findings();

        var found = Arrays.stream(Figure.values()).filter(figure -> figure.mustBeZero() && findings.figure(figure) > 0);
        assertThat(found).as("%s", findings.violations()).containsExactlyInAnyOrder(expected);
    }
}
