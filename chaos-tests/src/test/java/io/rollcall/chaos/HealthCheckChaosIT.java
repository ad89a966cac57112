package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.checker.Findings;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.lease.Sighting;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.workload.Fleet;
import io.rollcall.chaos.workload.ProbeTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Targets of checks flap and fail while the leader changes: a verdict needs as many answers in a row as the instance says, all
 * of them seen by the leader that gives it.
 */
final class HealthCheckChaosIT {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int RETRIES = 3;
    private static final int SUCCESSES = 2;

    /** So few fail together that nobody doubts the leader's own network. */
    private static final int FAILING_PERCENT = 10;

    private static final Duration TURN_LIMIT = Duration.ofSeconds(20);

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void verdictsOfANewLeaderRestOnItsOwnObservations(Recorder recorder) {
        run(recorder, 20, 1);
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void verdictsRestOnOwnObservationsOverTenLeaderChanges(Recorder recorder) {
        run(recorder, 100, Trial.rounds(10));
    }

    private static void run(Recorder recorder, int instances, int rounds) {
        try (LeaseTrial trial = new LeaseTrial(ClusterOptions.named("health-checks"), recorder)) {
            run(trial, instances, rounds);
        }
    }

    /** Some targets flap all the time, and others fail while the leader dies, round by round. */
    static void run(LeaseTrial trial, int instances, int rounds) {
        try (ProbeTarget target = new ProbeTarget(trial.history())) {
            Fleet fleet = trial.fleet(plan(target.port(), instances));
            List<InstanceRef> all = fleet.instances();
            int few = Math.max(1, instances * FAILING_PERCENT / 100);
            List<InstanceRef> failing = all.subList(0, few);
            List<InstanceRef> flapping = all.subList(few, 2 * few);
            trial.awaitShown("all to pass their checks", TURN_LIMIT, all, Sighting::isPassing);
            // Two bad answers, one good one: never as many in a row as a verdict takes.
            flapping.forEach(ref -> target.script(ref, probe -> probe % RETRIES == RETRIES - 1));
            LeaseFaults faults = new LeaseFaults(trial);
            for (int round = 0; round < rounds; round++) {
                failing.forEach(ref -> target.script(ref, probe -> false));
                // Less than a verdict takes: what this leader has seen must not count for the next one.
                Hold.forFault(INTERVAL.multipliedBy(RETRIES - 1), "the target fails, and not yet often enough");
                faults.killLeader(Duration.ofMillis(500));
                trial.awaitShown("what fails to be critical", TURN_LIMIT, failing, Sighting::isCritical);
                failing.forEach(ref -> target.script(ref, probe -> true));
                trial.awaitShown("what is well again to be passing", TURN_LIMIT, failing, Sighting::isPassing);
                trial.awaitHealed();
            }
            Findings findings = trial.finish();
            assertThat(findings.figure(Figure.LEADER_CHANGES)).isGreaterThanOrEqualTo(rounds);
            assertThat(findings.figure(Figure.VERDICTS)).as("verdicts").isPositive();
            trial.awaitShown("what flaps to be passing", Duration.ofSeconds(1), flapping, Sighting::isPassing);
        }
    }

    private static Fleet.Plan plan(int port, int instances) {
        return new Fleet.Plan(
                "checked",
                Math.max(1, instances / 20),
                instances,
                25,
                0,
                Duration.ZERO,
                Duration.ZERO,
                Optional.of(new Fleet.Check(port, INTERVAL, INTERVAL, RETRIES, SUCCESSES)));
    }
}
