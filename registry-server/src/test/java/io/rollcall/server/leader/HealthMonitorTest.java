package io.rollcall.server.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.app.CheckCounts;
import io.rollcall.server.config.CheckSettings;
import io.rollcall.server.probe.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HealthMonitorTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final ServiceKey SERVICE = ServiceKey.of("default", "orders");

    private final List<String> reports = new ArrayList<>();
    private final ProbeFake probe = new ProbeFake(this::nanos);
    private HealthMonitor monitor;

    // Not zero, and over its end within the test: the origin of a monotonic clock is anything.
    private long nanos = Long.MAX_VALUE - Duration.ofSeconds(15).toNanos();

    @BeforeEach
    void lead() {
        monitor = monitor(100, 100);
        monitor.begin();
    }

    @Test
    void verdictComesExactlyAfterRetriesAndSuccesses() {
        probe.atOnce = Outcome.GOOD;
        watch("a", 1, null);
        pass(Duration.ofSeconds(1));
        assertThat(reports).containsExactly("a/1 PASSING GOOD said the fake");

        probe.atOnce = Outcome.BAD;
        pass(INTERVAL.multipliedBy(2));
        assertThat(reports).as("two failures").hasSize(1);
        pass(INTERVAL);
        assertThat(reports).hasSize(2).last().isEqualTo("a/1 CRITICAL BAD said the fake");

        probe.atOnce = Outcome.GOOD;
        pass(INTERVAL);
        assertThat(reports).hasSize(3).last().isEqualTo("a/1 PASSING GOOD said the fake");
    }

    @Test
    void checksAreAnIntervalApartFromStartToStartWithJitterOnTheFirstAlone() {
        watch("a", 1, null);
        var begun = nanos;

        for (var i = 0; i < 1_000; i++) {
            pass(Duration.ofMillis(100));
            // Each takes 3 s.
            probe.open().stream()
                    .filter(check ->
                            nanos - check.atNanos() >= Duration.ofSeconds(3).toNanos())
                    .forEach(check -> check.answer(Outcome.GOOD));
        }

        var times = probe.times("a");
        assertThat(Duration.ofNanos(times.get(0) - begun)).isBetween(Duration.ZERO, Duration.ofMillis(1_050));
        assertThat(times).hasSize(10);
        for (var i = 1; i < times.size(); i++) {
            assertThat(Duration.ofNanos(times.get(i) - times.get(i - 1)))
                    .isBetween(INTERVAL, INTERVAL.plus(HealthMonitor.TICK));
        }
    }

    @Test
    void manyAreSpreadOverTheInterval() {
        probe.atOnce = Outcome.GOOD;
        for (var i = 0; i < 1_100; i++) {
            watch("i-" + i, 1, CheckState.PASSING);
        }

        for (var second = 1; second <= 10; second++) {
            var before = probe.asked.size();
            pass(Duration.ofSeconds(1));
            assertThat(probe.asked.size() - before).as("second %d", second).isBetween(60, 260);
        }

        pass(HealthMonitor.TICK);
        assertThat(probe.asked.stream().map(check -> check.registration().key()).distinct())
                .hasSize(1_100);
    }

    @Test
    void slowCheckIsOneAndTheNextComesWhenItHasEnded() {
        watch("a", 1, null);
        pass(INTERVAL.multipliedBy(3));
        assertThat(probe.asked).hasSize(1);

        probe.open().get(0).answer(Outcome.GOOD);

        assertThat(probe.asked).as("it is late").hasSize(2);
    }

    @Test
    void limitOfAllChecksMakesLateAndLeavesNobodyOut() {
        monitor = monitor(3, 100);
        monitor.begin();
        for (var i = 0; i < 10; i++) {
            watch("i-" + i, "host-" + i, 1, null);
        }
        pass(Duration.ofSeconds(2));

        for (var i = 0; i < 10; i++) {
            assertThat(probe.open()).hasSize(Math.min(3, 10 - i));
            probe.open().get(0).answer(Outcome.GOOD);
        }

        assertThat(probe.asked)
                .extracting(check -> check.registration().key())
                .doesNotHaveDuplicates()
                .hasSize(10);
    }

    @Test
    void limitOfATargetHoldsNobodyElseUp() {
        monitor = monitor(100, 2);
        monitor.begin();
        for (var i = 0; i < 6; i++) {
            watch("i-" + i, i % 2 == 0 ? "shared" : "SHARED", 1, null);
        }
        watch("other", "other", 1, null);
        pass(Duration.ofSeconds(2));

        assertThat(probe.open()).hasSize(3);
        assertThat(probe.times("other")).hasSize(1);
        for (var i = 0; i < 6; i++) {
            probe.open().stream()
                    .filter(check -> !check.registration().host().equals("other"))
                    .findFirst()
                    .orElseThrow()
                    .answer(Outcome.GOOD);
        }
        assertThat(probe.asked).hasSize(7);
        assertThat(probe.open()).hasSize(1);
    }

    @Test
    void waitingInstanceCanBeForgottenAndItsPermitIsNotLost() {
        monitor = monitor(2, 1);
        monitor.begin();
        for (var id : List.of("a", "b", "c", "d")) {
            watch(id, "shared", 1, null);
        }
        pass(Duration.ofSeconds(2));
        var running = probe.open().get(0).registration().key();
        for (var id : List.of("a", "b", "c", "d")) {
            monitor.forget(key(id));
        }
        watch("e", "shared", 1, null);
        pass(Duration.ofSeconds(2));
        assertThat(probe.open()).extracting(check -> check.registration().key()).containsExactly(running);

        probe.open().get(0).answer(Outcome.GOOD);

        assertThat(probe.times("e")).hasSize(1);
        assertThat(monitor.watched()).isEqualTo(1);
    }

    @Test
    void checksThatEndAtOnceDoNotNest() {
        monitor = monitor(1, 1);
        monitor.begin();
        for (var i = 0; i < 20_000; i++) {
            watch("i-" + i, 1, null);
        }
        probe.atOnce = Outcome.GOOD;
        nanos += INTERVAL.toNanos();

        monitor.tick();

        assertThat(probe.asked).hasSize(20_000);
    }

    @Test
    void newIncarnationBeginsAtNothingAndIsNotCheckedSooner() {
        probe.atOnce = Outcome.BAD;
        watch("a", 1, null);
        pass(INTERVAL.plusSeconds(1));
        assertThat(probe.asked).hasSize(2);

        for (var incarnation = 2; incarnation < 10; incarnation++) {
            watch("a", incarnation, null);
            pass(Duration.ofSeconds(1));
        }
        assertThat(probe.asked).hasSize(2);
        pass(INTERVAL.multipliedBy(2));
        assertThat(probe.asked).hasSize(4);
        assertThat(reports).isEmpty();
        pass(INTERVAL);

        assertThat(reports).containsExactly("a/9 CRITICAL BAD said the fake");
    }

    @Test
    void resultOfAnEarlierIncarnationIsDropped() {
        watch("a", 1, null);
        pass(Duration.ofSeconds(2));
        watch("a", 2, null);
        pass(INTERVAL.multipliedBy(2));
        assertThat(probe.asked).as("one at a time").hasSize(1);

        probe.open().get(0).answer(Outcome.GOOD);
        assertThat(reports).isEmpty();
        pass(Duration.ofSeconds(1));
        probe.open().get(0).answer(Outcome.GOOD);

        assertThat(reports).containsExactly("a/2 PASSING GOOD said the fake");
    }

    @Test
    void knownStateIsNotReportedAndAFailedReportIsMadeAgain() {
        probe.atOnce = Outcome.GOOD;
        watch("a", 1, CheckState.PASSING);
        pass(INTERVAL.multipliedBy(3));
        assertThat(reports).isEmpty();

        probe.atOnce = Outcome.BAD;
        pass(INTERVAL.multipliedBy(5));
        assertThat(reports).hasSize(1);

        monitor.failed(key("a"), 7);
        pass(INTERVAL);
        assertThat(reports).as("that was another incarnation").hasSize(1);

        monitor.failed(key("a"), 1);
        pass(INTERVAL);
        assertThat(reports).hasSize(2);

        watch("a", 1, CheckState.CRITICAL);
        pass(INTERVAL.multipliedBy(3));
        assertThat(reports).hasSize(2);
    }

    @Test
    void newLeaderBeginsAtNothing() {
        probe.atOnce = Outcome.BAD;
        watch("a", 1, CheckState.PASSING);
        pass(INTERVAL.plusSeconds(1));

        monitor.end();
        watch("a", 1, CheckState.PASSING);
        pass(INTERVAL.multipliedBy(5));
        assertThat(probe.asked).as("it does not lead").hasSize(2);
        assertThat(monitor.watched()).isZero();
        monitor.begin();
        watch("a", 1, CheckState.PASSING);
        pass(INTERVAL.plusSeconds(1));

        assertThat(probe.asked).hasSize(4);
        assertThat(reports).isEmpty();
        pass(INTERVAL);
        assertThat(reports).hasSize(1);
    }

    @Test
    void checkUnderWayAtTheEndOfLeadershipIsDroppedAndGivesItsPermitBack() {
        monitor = monitor(1, 1);
        monitor.begin();
        watch("a", 1, null);
        pass(Duration.ofSeconds(2));
        monitor.end();
        monitor.begin();
        watch("b", 1, null);
        pass(Duration.ofSeconds(2));
        assertThat(probe.asked).hasSize(1);

        probe.open().get(0).answer(Outcome.GOOD);

        assertThat(reports).isEmpty();
        assertThat(probe.times("b")).hasSize(1);
    }

    @Test
    void failingInstancesAreCountedByService() {
        watch("a", 1, null);
        watch("b", 1, null);
        monitor.watch(InstanceKey.of("default", "users", "u"), 1, registration("users", "u", "h"), null);
        probe.atOnce = Outcome.BAD;
        pass(Duration.ofSeconds(2));
        assertThat(monitor.failing(SERVICE)).isEqualTo(2);
        assertThat(monitor.watched(SERVICE)).isEqualTo(2);
        assertThat(monitor.failing()).isEqualTo(3);
        assertThat(monitor.watched()).isEqualTo(3);

        monitor.forget(key("a"));
        assertThat(monitor.failing(SERVICE)).isEqualTo(1);
        assertThat(monitor.watched(SERVICE)).isEqualTo(1);

        probe.atOnce = Outcome.GOOD;
        pass(INTERVAL);
        assertThat(monitor.failing()).isZero();
        assertThat(monitor.watched()).isEqualTo(2);
        assertThat(monitor.watched(ServiceKey.of("default", "none"))).isZero();
    }

    @Test
    void resultsInARowAreToldOfTheIncarnationThatIsChecked() {
        probe.atOnce = Outcome.BAD;
        watch("a", 2, null);
        pass(Duration.ofSeconds(1));

        assertThat(monitor.counted(key("a"), 2)).isEqualTo(new CheckCounts.Counted(1, 0));
        assertThat(monitor.counted(key("a"), 1)).isNull();
        assertThat(monitor.counted(key("b"), 2)).isNull();
    }

    @Test
    void instanceThatAsksForNoCheckAnyMoreIsForgotten() {
        watch("a", 1, null);
        var unchecked = Registration.builder(key("a"))
                .address("h", 80)
                .healthCheck(null)
                .build();

        monitor.watch(key("a"), 2, unchecked, null);
        pass(INTERVAL);

        assertThat(monitor.watched()).isZero();
        assertThat(probe.asked).isEmpty();
    }

    private HealthMonitor monitor(int concurrent, int perTarget) {
        return new HealthMonitor(
                probe,
                (key, incarnation, state, last) ->
                        reports.add(key.id() + "/" + incarnation + " " + state + " " + last.reason()),
                new CheckSettings(true, List.of(), List.of(), List.of(), concurrent, perTarget),
                this::nanos,
                new Random(1));
    }

    private void watch(String id, long incarnation, CheckState known) {
        watch(id, "host", incarnation, known);
    }

    private void watch(String id, String host, long incarnation, CheckState known) {
        monitor.watch(key(id), incarnation, registration("orders", id, host), known);
    }

    private static Registration registration(String service, String id, String host) {
        return Registration.builder(InstanceKey.of("default", service, id))
                .address(host, 80)
                .healthCheck(HealthCheck.of(CheckType.TCP, ""))
                .build();
    }

    private static InstanceKey key(String id) {
        return InstanceKey.of("default", "orders", id);
    }

    private void pass(Duration time) {
        for (var left = time.toNanos(); left > 0; left -= HealthMonitor.TICK.toNanos()) {
            nanos += Math.min(left, HealthMonitor.TICK.toNanos());
            monitor.tick();
        }
    }

    private long nanos() {
        return nanos;
    }
}
