package io.rollcall.chaos.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.report.Figure;
import org.junit.jupiter.api.Test;

/** A verdict is founded by what one leader saw, and by nothing else. */
final class CheckVerdictsTest {

    /** Three bad answers make it critical, two good ones passing. */
    private final LeaseStory story = new LeaseStory()
            .led("n1", 0, 0)
            .enrolled(0, 0, 3, 2)
            .looks("n1", 0, 50)
            .shows("n1", 100, "starting")
            .probed(500, true)
            .probed(1_500, true)
            .shows("n1", 1_600, "passing");

    @Test
    void verdictAfterEnoughAnswersIsFounded() {
        story.probed(2_500, false).probed(3_500, false).probed(4_500, false);
        story.looks("n1", 1_700, 4_500).shows("n1", 4_600, "critical");

        var findings = check();

        assertThat(findings.violations()).isEmpty();
        assertThat(findings.figure(Figure.VERDICTS)).isEqualTo(2);
    }

    @Test
    void verdictAfterTooFewAnswersIsFound() {
        story.probed(2_500, false).probed(3_500, false);
        story.looks("n1", 1_700, 3_500).shows("n1", 3_600, "critical");

        assertThat(check().figure(Figure.VERDICTS_UNFOUNDED)).isEqualTo(1);
    }

    @Test
    void goodAnswerInBetweenCountsFromAnew() {
        story.probed(2_500, false).probed(3_500, false).probed(4_500, true).probed(5_500, false);
        story.looks("n1", 1_700, 5_500).shows("n1", 5_600, "critical");

        assertThat(check().figure(Figure.VERDICTS_UNFOUNDED)).isEqualTo(1);
    }

    @Test
    void whatTheLeaderBeforeSawDoesNotCount() {
        story.probed(2_500, false).probed(3_500, false);
        story.disturbed("n1", 3_600, 8_000).led("n2", 3_550, 4_200);
        story.probed(4_500, false).looks("n2", 1_700, 4_500);
        story.shows("n2", 4_600, "passing").shows("n2", 4_700, "critical");

        assertThat(check().figure(Figure.VERDICTS_UNFOUNDED)).isEqualTo(1);
    }

    @Test
    void verdictOfTheLeaderBeforeMayBeSeenLate() {
        story.probed(2_500, false).probed(3_500, false).probed(4_500, false);
        story.disturbed("n1", 4_600, 8_000).led("n2", 4_550, 5_200);
        story.looks("n1", 1_700, 4_400).shows("n1", 5_600, "critical");

        assertThat(check().violations()).isEmpty();
    }

    @Test
    void recoveryAfterOneGoodAnswerIsFound() {
        story.probed(2_500, false).probed(3_500, false).probed(4_500, false);
        story.looks("n1", 1_700, 4_500).shows("n1", 4_600, "critical").looks("n1", 4_700, 5_500);
        story.probed(5_500, true).shows("n1", 5_600, "passing");

        assertThat(check().figure(Figure.VERDICTS_UNFOUNDED)).isEqualTo(1);
    }

    @Test
    void oldRunOfAnswersFoundsNoLaterVerdict() {
        story.probed(2_500, false).probed(3_500, false).probed(4_500, false).probed(5_500, true);
        story.probed(6_500, true).probed(7_500, true).probed(9_500, true);
        story.looks("n1", 1_700, 9_500).shows("n1", 9_600, "critical");

        assertThat(check().figure(Figure.VERDICTS_UNFOUNDED)).isEqualTo(1);
    }

    private Findings check() {
        return LeaseChecks.check(story.events(), LeaseBounds.USUAL).findings();
    }
}
