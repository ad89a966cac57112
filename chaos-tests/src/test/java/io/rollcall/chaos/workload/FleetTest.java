package io.rollcall.chaos.workload;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.lease.BeatEnding;
import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.lease.LeaseHistory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a fleet does is what its history says, and what real providers would do. */
final class FleetTest {

    private static final Fleet.Plan PLAN =
            new Fleet.Plan("f", 3, 7, 3, 1, Duration.ofMillis(600), Duration.ZERO, Optional.empty());

    private final LeaseHistory history = new LeaseHistory();
    private RegistryStub one;
    private RegistryStub other;
    private Fleet fleet;

    @BeforeEach
    void start() throws IOException {
        one = new RegistryStub("n1");
        other = new RegistryStub("n2");
        fleet = new Fleet(
                PLAN, () -> List.of(one.door(), other.door()), history, new SplittableRandom(1), beaten -> {});
    }

    @AfterEach
    void stop() {
        fleet.close();
        one.close();
        other.close();
    }

    @Test
    void allAreRegisteredAndBeatByBothRoutes() {
        fleet.start();

        await().atMost(5, SECONDS)
                .untilAsserted(() -> assertThat(of(LeaseEvent.Beaten.class).stream()
                                .filter(beaten -> beaten.ending() == BeatEnding.ACKED)
                                .flatMap(beaten -> beaten.instances().stream())
                                .distinct())
                        .containsExactlyInAnyOrderElementsOf(fleet.instances()));
        assertThat(of(LeaseEvent.Enrolled.class)).hasSize(7);
        assertThat(beats()).anyMatch(beat -> beat.contains("/instances/i-0/heartbeat?incarnation="));
        assertThat(beats()).anyMatch(beat -> beat.contains("/heartbeats{\"instances\":[{\"name\":\"f-1\""));
    }

    @Test
    void beatThatFailsIsTriedAtAnotherNode() {
        fleet.start();
        one.beatStatus = 503;

        await().atMost(5, SECONDS)
                .untilAsserted(() -> assertThat(of(LeaseEvent.Beaten.class))
                        .anyMatch(beaten -> beaten.ending() == BeatEnding.UNKNOWN));
        LeaseEvent.Beaten failed = of(LeaseEvent.Beaten.class).stream()
                .filter(beaten -> beaten.ending() == BeatEnding.UNKNOWN)
                .findFirst()
                .orElseThrow();
        await().atMost(5, SECONDS)
                .untilAsserted(() -> assertThat(of(LeaseEvent.Beaten.class).stream()
                                .filter(beaten -> beaten.instances().equals(failed.instances())
                                        && beaten.sentNanos() > failed.endedNanos())
                                .findFirst())
                        .hasValueSatisfying(next -> assertThat(next.node()).isEqualTo("n2")));
    }

    @Test
    void silentInstancesAreInNoAttemptUntilTheyResume() {
        fleet.start();
        var silent = fleet.instances().subList(0, 2);

        fleet.silence(silent);
        var silenced = of(LeaseEvent.Silenced.class).get(0);
        await().atMost(5, SECONDS)
                .untilAsserted(() -> assertThat(of(LeaseEvent.Beaten.class).stream()
                                .filter(beaten -> beaten.sentNanos() > silenced.atNanos()))
                        .hasSizeGreaterThan(5));
        fleet.resume(silent);
        var resumed = of(LeaseEvent.Resumed.class).get(0);

        await().atMost(5, SECONDS)
                .untilAsserted(() ->
                        assertThat(sentFor(silent.get(0), resumed.atNanos())).isPositive());
        assertThat(of(LeaseEvent.Beaten.class).stream()
                        .filter(beaten ->
                                beaten.sentNanos() > silenced.atNanos() && beaten.sentNanos() < resumed.atNanos())
                        .flatMap(beaten -> beaten.instances().stream()))
                .doesNotContainAnyElementsOf(silent);
        assertThat(fleet.beating()).hasSize(7);
    }

    @Test
    void instanceThatIsUnknownRegistersAnew() {
        fleet.start();
        one.unknown.add("i-0");
        other.unknown.add("i-0");
        one.unknown.add("i-3");
        other.unknown.add("i-3");

        await().atMost(10, SECONDS)
                .untilAsserted(() -> assertThat(of(LeaseEvent.Enrolled.class)).hasSizeGreaterThanOrEqualTo(9));
        fleet.stop();

        assertThat(of(LeaseEvent.Beaten.class).stream().flatMap(beaten -> beaten.refusals().stream()))
                .extracting(refusal -> refusal.instance().id())
                .contains("i-0", "i-3");
        assertThat(of(LeaseEvent.Enrolled.class)
                        .subList(7, of(LeaseEvent.Enrolled.class).size()))
                .extracting(enrolled -> enrolled.instance().id())
                .containsOnly("i-0", "i-3");
    }

    @Test
    void stopEndsAllBeats() {
        fleet.start();
        fleet.stop();
        int beats = beats().size();

        await().during(Duration.ofMillis(500))
                .atMost(5, SECONDS)
                .untilAsserted(() -> assertThat(beats()).hasSize(beats));
    }

    private long sentFor(InstanceRef instance, long after) {
        return of(LeaseEvent.Beaten.class).stream()
                .filter(beaten ->
                        beaten.sentNanos() > after && beaten.instances().contains(instance))
                .count();
    }

    private List<String> beats() {
        return Stream.concat(one.beats.stream(), other.beats.stream()).toList();
    }

    private <T extends LeaseEvent> List<T> of(Class<T> type) {
        return history.events().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
