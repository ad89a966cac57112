package io.rollcall.server.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.server.probe.Outcome;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With 3 retries and 2 successes; results are written g, w and b, proposals P, W and C, and - for none. */
final class CheckTallyTest {

    private static final HealthCheck CHECK = withCounts(3, 2);

    @ParameterizedTest
    @CsvSource({
        // A new instance.
        ", gg, -P",
        ", ggggg, -P---",
        ", gbgg, ---P",
        ", bbb, --C",
        ", bbgbbb, -----C",
        ", bbbbbgg, --C---P",
        ", bbbgbgg, --C---P",
        ", ww, -W",
        ", gw, -W",
        ", wg, -P",
        ", wbgw, ---W",
        // Once it is well, a warning turns it at once, and back.
        ", ggwgwwg, -PWPW-P",
        ", ggbwbg, -P-W-P",
        ", bbbwg, --C-P",
        ", bbbww, --C-W",
        // A new leader says nothing before its own observations, and then only what is not known.
        "PASSING, gggg, ----",
        "PASSING, bbgbbgbb, --------",
        "PASSING, bbb, --C",
        "PASSING, wg, --",
        "PASSING, ww, -W",
        "CRITICAL, bbbb, ----",
        "CRITICAL, gbgbgg, -----P",
        "WARNING, ww, --",
        "WARNING, gg, -P",
    })
    void countsInARowAreExact(CheckState known, String results, String proposals) {
        assertThat(run(new CheckTally(known), CHECK, results)).isEqualTo(proposals);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "1, 4", "5, 3", "100, 100"})
    void proposalComesWithTheLastOfTheCountedOnes(int retries, int successes) {
        var tally = new CheckTally(CheckState.PASSING);
        var check = withCounts(retries, successes);

        assertThat(run(tally, check, "b".repeat(retries))).isEqualTo("-".repeat(retries - 1) + "C");
        assertThat(run(tally, check, "g".repeat(successes))).isEqualTo("-".repeat(successes - 1) + "P");
    }

    @Test
    void proposalThatFailedIsMadeAgainByAResultThatSaysSo() {
        var tally = new CheckTally(CheckState.PASSING);

        assertThat(run(tally, CHECK, "bbbb")).isEqualTo("--C-");
        tally.fail();
        assertThat(run(tally, CHECK, "gbb")).isEqualTo("-C-");
    }

    @Test
    void goodResultDoesNotRepeatAFailedVerdictOfCritical() {
        var tally = new CheckTally(CheckState.PASSING);
        run(tally, CHECK, "bbb");
        tally.fail();

        assertThat(run(tally, CHECK, "gg")).as("it is known to be passing").isEqualTo("--");
    }

    @Test
    void confirmedProposalIsNotMadeAgain() {
        var tally = new CheckTally(null);
        run(tally, CHECK, "bbb");

        tally.know(CheckState.CRITICAL);

        assertThat(run(tally, CHECK, "bbb")).isEqualTo("---");
    }

    @Test
    void otherChangeBeforeTheProposalIsAppliedDoesNotLoseIt() {
        var tally = new CheckTally(CheckState.PASSING);
        run(tally, CHECK, "bbb");

        tally.know(CheckState.PASSING);

        assertThat(run(tally, CHECK, "b")).as("it is on its way").isEqualTo("-");
        assertThat(run(tally, CHECK, "gg")).as("and must be taken back").isEqualTo("-P");
    }

    @Test
    void isFailingFromTheFirstFailureOn() {
        var tally = new CheckTally(null);

        assertThat(tally.isFailing()).isFalse();
        run(tally, CHECK, "b");
        assertThat(tally.isFailing()).isTrue();
        run(tally, CHECK, "w");
        assertThat(tally.isFailing()).isFalse();
    }

    private static String run(CheckTally tally, HealthCheck check, String results) {
        return results.chars()
                .mapToObj(result -> tally.count(outcome((char) result), check))
                .map(state -> state == null ? "-" : state.name().substring(0, 1))
                .collect(Collectors.joining());
    }

    private static Outcome outcome(char letter) {
        return switch (letter) {
            case 'g' -> Outcome.GOOD;
            case 'w' -> Outcome.WARNING;
            default -> Outcome.BAD;
        };
    }

    private static HealthCheck withCounts(int retries, int successes) {
        var check = HealthCheck.of(CheckType.HTTP, "/");
        return new HealthCheck(
                check.type(),
                check.endpoint(),
                check.interval(),
                check.timeout(),
                retries,
                successes,
                check.method(),
                check.headers(),
                check.expectStatus());
    }
}
