package io.rollcall.chaos.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.call.CallEvent.Told;
import io.rollcall.chaos.call.CallHistory;
import io.rollcall.chaos.report.Figure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each check of calls finds what it is there for, and nothing in a history that is right. */
final class CallChecksTest {

    /** A lease of 3 s, 2 s of grace, 1 s until it is shown; what is told 1 s later. */
    private static final CallBounds BOUNDS =
            new CallBounds(Duration.ofMillis(LeaseStory.TTL), LeaseBounds.USUAL, Duration.ofSeconds(1));

    private static final String FIRST = "s/i#1";
    private static final String SECOND = "s/i#2";

    private final LeaseStory leases =
            new LeaseStory().led("n1", 0, 0).looks("n1", 0, 50).shows("n1", 150, "passing");
    private final CallStory calls = new CallStory().registered(1, 100);

    @Test
    void rightHistoryHasNoFindings(@TempDir Path folder) {
        calls.calls(1, 1_000, 5_000).died(1, 5_500);
        calls.retried(1, 2, 9_000)
                .registered(2, 12_000)
                .calls(2, 13_000, 20_000)
                .closing(2, 21_000);
        leases.looks("n1", 200, 9_000).shows("n1", 9_100, "critical").looks("n1", 9_200, 11_900);
        leases.shows("n1", 12_100, "passing").looks("n1", 12_200, 21_000).shows("n1", 21_100, "absent");
        calls.left(2, 21_500);

        var outcome = check();

        assertThat(outcome.findings().violations()).isEmpty();
        assertThat(outcome.findings().figure(Figure.CALLS)).isEqualTo(14);
        assertThat(outcome.findings().figure(Figure.LOOKUPS)).isEqualTo(14);
        assertThat(outcome.findings().figure(Figure.TRIES)).isEqualTo(15);
        assertThat(outcome.findings().figure(Figure.TRIES_FAILED)).isEqualTo(1);
        assertThat(outcome.findings().figure(Figure.REGISTRATION_LOOKS)).isGreaterThan(50);
        assertThat(outcome.millis())
                .containsEntry("from an instance's death until the last try to call it", List.of(3_500L));
        Path file = folder.resolve(CallHistory.FILE);
        CallHistory.write(file, calls.events());
        assertThat(CallHistory.read(file)).isEqualTo(calls.events());
    }

    @Test
    void lookupThatFindsNobodyIsFound() {
        calls.foundNobody(1_000);

        assertFound(Figure.LOOKUPS_EMPTY, Figure.CALLS_FAILED);
    }

    @Test
    void callThatFailsIsFoundAlsoIfItsTryMay() {
        calls.died(1, 1_000).failed(1, 1_100);

        assertFound(Figure.CALLS_FAILED);
    }

    @Test
    void tryThatFailsAtALivingInstanceIsFound() {
        calls.retried(1, 1, 1_000).died(1, 5_000);

        assertFound(Figure.TRIES_ASTRAY);
    }

    @Test
    void tryThatFailsAtAnInstanceWhichLeftInOrderIsFound() {
        calls.closing(1, 1_000).left(1, 2_000).registered(2, 2_500).retried(1, 2, 2_600);

        assertFound(Figure.TRIES_ASTRAY);
    }

    @Test
    void tryThatFailsAfterTheDetectionTimeIsFound() {
        calls.registered(2, 20_000).died(1, 5_000).retried(1, 1, 10_100);

        assertFound(Figure.TRIES_ASTRAY);
    }

    @Test
    void tryThatFailsWithinTheDetectionTimeIsNone() {
        calls.died(1, 5_000).registered(2, 20_000).retried(1, 2, 9_900);

        assertThat(check().findings().violations()).isEmpty();
    }

    @Test
    void newLeaderGivesTheDeadTtlAndGrace() {
        leases.led("n2", 6_000, 7_000);
        calls.died(1, 5_000).registered(2, 20_000).retried(1, 2, 13_900);

        assertThat(check().findings().violations()).isEmpty();
    }

    @Test
    void tryAtADeadInstanceThatIsReplacedIsFound() {
        calls.died(1, 5_000).registered(2, 6_000).retried(1, 2, 7_100);

        assertFound(Figure.TRIES_ASTRAY);
    }

    @Test
    void nextRunAtTheSameAddressMayAnswer() {
        calls.died(1, 5_000).registered(2, 6_000).call(1, SECOND, 6_100);

        assertThat(check().findings().violations()).isEmpty();
    }

    @Test
    void anotherInstanceThatAnswersIsFound() {
        calls.call(1, "s/other#1", 1_000);

        assertFound(Figure.TRIES_ASTRAY);
    }

    @Test
    void earlierRunThatAnswersIsFound() {
        calls.died(1, 5_000).registered(2, 6_000).call(2, FIRST, 6_100);

        assertFound(Figure.TRIES_ASTRAY);
    }

    @Test
    void instanceThatNobodyRegisteredIsFound() {
        calls.call(7, "s/i#7", 1_000);

        assertFound(Figure.TRIES_ASTRAY);
    }

    @Test
    void registeredInstanceThatANodeShowsAsCriticalIsFound() {
        leases.looks("n1", 200, 1_000).shows("n1", 1_100, "critical").looks("n1", 1_200, 2_000);

        assertFound(Figure.REGISTRATIONS_LOST);
    }

    @Test
    void registeredInstanceThatANodeDoesNotShowIsFound() {
        leases.looks("n1", 200, 1_000).shows("n1", 1_100, "absent").looks("n1", 1_200, 2_000);

        assertFound(Figure.REGISTRATIONS_LOST);
    }

    @Test
    void registeredInstanceThatANodeNeverShowedIsFound() {
        leases.looks("n2", 0, 1_000);

        assertFound(Figure.REGISTRATIONS_LOST);
    }

    @Test
    void nodeThatIsBehindMayShowWhatWasBefore() {
        leases.looks("n2", 0, 250).looksStale("n2", 300, 2_000);

        assertThat(check().findings().violations()).isEmpty();
    }

    @Test
    void whoLeavesNeedNotBeShown() {
        leases.looks("n1", 200, 1_000).shows("n1", 1_100, "draining").looks("n1", 1_200, 2_000);
        calls.closing(1, 900).left(1, 3_000);

        assertThat(check().findings().violations()).isEmpty();
    }

    @Test
    void instanceThatTheHistorySaysWasAwayForAMomentIsFound() {
        calls.withdrawn(1, 1_000).died(1, 5_000);

        assertFound(Figure.REGISTRATIONS_LOST);
    }

    @Test
    void instanceThatTheHistorySaysWasWithdrawnAfterItsEndIsNone() {
        calls.died(1, 5_000).withdrawn(1, 8_000);

        assertThat(check().findings().violations()).isEmpty();
        assertThat(check().findings().figure(Figure.WITHDRAWALS)).isEqualTo(1);
    }

    @Test
    void leaseThatIsLostWhileOneLeaderLedIsFound() {
        calls.told(1, Told.LEASE_LOST, 3_000, 9_000);

        assertFound(Figure.LEASES_LOST_ALONE);
    }

    @Test
    void leaseThatIsLostWhileNobodyLedIsCounted() {
        leases.led("n2", 5_000, 8_000);
        calls.told(1, Told.LEASE_LOST, 3_000, 9_000).told(1, Told.REREGISTERED, 0, 9_500);

        var findings = check().findings();

        assertThat(findings.violations()).isEmpty();
        assertThat(findings.figure(Figure.LEASES_LOST)).isEqualTo(1);
        assertThat(findings.figure(Figure.REREGISTRATIONS)).isEqualTo(1);
    }

    @Test
    void leaseThatIsLostWhileNobodyIsHeardSinceAChangeIsCounted() {
        leases.led("n2", 5_000, 6_000);
        calls.registered(2, 100);
        calls.told(1, Told.LEASE_LOST, 3_000, 8_000).told(1, "LeaseRecovered", 0, 12_000);
        calls.told(2, Told.LEASE_LOST, 3_000, 14_000);

        var findings = check().findings();

        assertThat(findings.violations()).isEmpty();
        assertThat(findings.figure(Figure.LEASES_LOST)).isEqualTo(2);
    }

    @Test
    void leaseThatIsLostWhenOthersAreHeardAgainIsFound() {
        leases.led("n2", 5_000, 6_000);
        calls.registered(2, 100);
        calls.told(1, Told.LEASE_LOST, 3_000, 8_000).told(1, "LeaseRecovered", 0, 12_000);
        calls.told(2, Told.LEASE_LOST, 3_000, 16_000);

        assertFound(Figure.LEASES_LOST_ALONE);
    }

    @Test
    void livingInstanceThatIsSupersededIsFound() {
        calls.told(1, Told.SUPERSEDED, 0, 9_000);

        assertFound(Figure.REGISTRATIONS_LOST);
    }

    private CallChecks.Outcome check() {
        return CallChecks.check(calls.events(), leases.events(), BOUNDS);
    }

    private void assertFound(Figure... expected) {
        var findings = check().findings();
        var found = Arrays.stream(Figure.values()).filter(figure -> figure.mustBeZero() && findings.figure(figure) > 0);

        assertThat(found).as("%s", findings.violations()).containsExactlyInAnyOrder(expected);
        assertThat(findings.violations()).hasSize(expected.length);
    }
}
