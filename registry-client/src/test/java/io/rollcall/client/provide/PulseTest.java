package io.rollcall.client.provide;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.InstanceStatus;
import io.rollcall.client.fake.FakeCluster.Asked;
import io.rollcall.client.fake.FakeCluster.Mode;
import io.rollcall.client.provide.RegistrationEvent.LeaseAtRisk;
import io.rollcall.client.provide.RegistrationEvent.LeaseLost;
import io.rollcall.client.provide.RegistrationEvent.LeaseRecovered;
import io.rollcall.client.provide.RegistrationEvent.Reregistered;
import io.rollcall.client.provide.RegistrationEvent.Superseded;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PulseTest {

    private static final Duration TTL = Duration.ofSeconds(30);
    private static final Duration PACE = Duration.ofSeconds(10);
    private static final String KEY = "orders/o-1";

    private final Rig rig = new Rig(3);

    @AfterEach
    void close() {
        rig.close();
    }

    private List<Asked> beats() {
        return rig.cluster.asked("POST", "/heartbeats");
    }

    @Test
    void tenThousandInstancesBeatWithOneRequestEachInterval() {
        for (int i = 0; i < 10_000; i++) {
            rig.registeredAlready(Rig.registration("o-" + i, TTL));
        }

        for (int interval = 1; interval <= 3; interval++) {
            rig.passes(PACE);
            Duration next = rig.beat();
            assertThat(beats()).hasSize(interval);
            assertThat(next).isEqualTo(PACE);
        }

        assertThat(beats())
                .allSatisfy(beat -> assertThat(beat.body().split("\"id\"", -1)).hasSize(10_001));
        assertThat(rig.roster.all()).allMatch(kept -> kept.state() == RegistrationState.REGISTERED);
    }

    @Test
    void beatsWhenItIsAskedToAndNotBefore() {
        rig.registered("o-1", TTL);
        rig.cluster.pace("30s", "15s");

        assertThat(rig.beat()).isEqualTo(PACE);
        rig.passes(PACE);
        assertThat(rig.beat()).isEqualTo(Duration.ofSeconds(15));
        rig.passes(Duration.ofMillis(14_999));
        assertThat(rig.beat()).isEqualTo(Duration.ofMillis(1));
        assertThat(beats()).hasSize(1);
        rig.passes(Duration.ofMillis(1));
        rig.beat();
        assertThat(beats()).hasSize(2);
    }

    @Test
    void beatsEarlierByChanceAndNeverLater() {
        rig.chance(1);
        rig.registered("o-1", TTL);

        assertThat(rig.beat()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void instancesThatBeganApartComeTogether() {
        rig.registered("o-1", TTL);
        rig.passes(Duration.ofSeconds(8));
        rig.registered("o-2", TTL);

        for (int second = 0; second < 60; second++) {
            rig.beat();
            rig.passes(Duration.ofSeconds(1));
        }

        Set<Integer> sizes = beats().stream()
                .skip(1)
                .map(beat -> beat.body().split("\"id\"", -1).length - 1)
                .collect(Collectors.toSet());
        assertThat(sizes).containsExactly(2);
        assertThat(beats()).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void longLeasesRideAlongWithShortOnes() {
        rig.registered("long", TTL);
        rig.registered("short", Duration.ofSeconds(3));
        rig.cluster.pace("3s", "1s");

        for (int second = 0; second < 30; second++) {
            rig.passes(Duration.ofSeconds(1));
            rig.beat();
        }

        assertThat(beats()).hasSize(30);
        assertThat(beats().stream().filter(beat -> beat.body().contains("\"long\"")))
                .hasSize(6);
    }

    @Test
    void instancesWithoutALeaseSendNoBeats() {
        KeptInstance kept = rig.registered("o-1", Duration.ZERO);

        rig.passes(Duration.ofDays(1));

        assertThat(rig.beat()).isEqualTo(Duration.ofDays(365));
        assertThat(beats()).isEmpty();
        assertThat(kept.state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(rig.events).isEmpty();
    }

    @Test
    void goesFromNodeToNodeUntilOneAcknowledges() {
        KeptInstance kept = rig.registered("o-1", Duration.ofSeconds(3));
        int preferred = rig.cluster.asked().get(0).node();
        rig.cluster.node(preferred, Mode.SILENT);
        rig.cluster.node((preferred + 1) % 3, Mode.NO_LEADER);

        rig.passes(Duration.ofSeconds(1));
        rig.beat();

        assertThat(beats().stream().map(Asked::node))
                .containsExactly(preferred, (preferred + 1) % 3, (preferred + 2) % 3);
        assertThat(kept.silence(rig.now())).isEqualTo(Duration.ZERO);
        assertThat(rig.events).isEmpty();
    }

    @Test
    void triesAllThroughTheLeaseAndTellsHowItStands() {
        KeptInstance kept = rig.registered("o-1", Duration.ofSeconds(1));
        rig.cluster.all(Mode.BROKEN);

        rig.passes(Duration.ofMillis(334));
        assertThat(rig.beat()).isBetween(Duration.ofMillis(25), Duration.ofMillis(50));
        assertThat(rig.events).isEmpty();
        rig.passes(Duration.ofMillis(333));
        rig.beat();
        assertThat(kept.state()).isEqualTo(RegistrationState.AT_RISK);
        rig.passes(Duration.ofMillis(334));
        rig.beat();
        assertThat(kept.state()).isEqualTo(RegistrationState.LOST);
        assertThat(beats().stream().map(Asked::node)).contains(0, 1, 2);
        rig.cluster.all(Mode.UP);
        rig.beatUntil(kept, RegistrationState.REGISTERED);

        assertThat(kept.state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(rig.events)
                .containsExactly(
                        new LeaseAtRisk(kept.key(), Duration.ofMillis(667)),
                        new LeaseLost(kept.key(), Duration.ofMillis(1_001)),
                        new LeaseRecovered(kept.key()));
    }

    @Test
    void aBeatThatIsDeniedIsItsOwnMatter() {
        KeptInstance denied = rig.registered("o-1", TTL);
        KeptInstance other = rig.registered("o-2", TTL);
        rig.cluster.forbid(KEY);

        for (int interval = 1; interval <= 4; interval++) {
            rig.passes(PACE);
            rig.beat();
        }
        assertThat(beats()).as("no hurry").hasSize(4);
        assertThat(other.state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(denied.state()).isEqualTo(RegistrationState.LOST);
        assertThat(rig.events.stream().filter(RegistrationEvent.Refused.class::isInstance))
                .as("told once")
                .hasSize(1);
        rig.cluster.forbid("");
        rig.passes(PACE);
        rig.beat();

        assertThat(denied.state()).isEqualTo(RegistrationState.REGISTERED);
    }

    @Test
    void aPauseBeyondTheLeaseIsNoticedAndFollowedByABeatAtOnce() {
        KeptInstance kept = rig.registered("o-1", TTL);

        rig.passes(Duration.ofMinutes(7));
        rig.beat();

        assertThat(rig.events)
                .containsExactly(new LeaseLost(kept.key(), Duration.ofMinutes(7)), new LeaseRecovered(kept.key()));
        assertThat(beats()).hasSize(1);
    }

    @Test
    void aRegistrationThatWasAnsweredLateIsNotTakenForLost() {
        KeptInstance kept = rig.add(Rig.registration("o-1", TTL), false, false);
        var wish = kept.beginWriting(rig.now());
        long sent = rig.now();
        rig.passes(Duration.ofMinutes(1));
        kept.written(
                wish,
                rig.cluster.put(wish.registration(), InstanceStatus.PASSING, ""),
                sent,
                rig.now(),
                Pulse.USUAL_SHARE);
        rig.events.clear();

        assertThat(rig.beat()).isEqualTo(PACE);

        assertThat(beats()).hasSize(1);
        assertThat(rig.events).isEmpty();
    }

    @Test
    void whatTheRegistryForgotIsRegisteredAgain() {
        KeptInstance kept = rig.add(Rig.registration("o-1", TTL), true, false);
        rig.register();
        String firstRequest = rig.cluster.asked().get(0).requestId();
        rig.events.clear();
        rig.cluster.forgetAll();
        rig.chance(1);

        rig.passes(PACE);
        rig.beat();
        rig.register();
        assertThat(rig.cluster.count()).as("spread by chance").isZero();
        rig.passes(Duration.ofMillis(500));
        rig.register();

        assertThat(rig.events).containsExactly(new LeaseLost(kept.key(), PACE), new Reregistered(kept.instance()));
        assertThat(rig.cluster.lines())
                .containsExactly(
                        "PUT /services/orders/instances/o-1?takeover=true",
                        "POST /heartbeats",
                        "PUT /services/orders/instances/o-1?takeover=true");
        assertThat(rig.cluster.asked().get(2).requestId()).isNotEqualTo(firstRequest);
        rig.passes(PACE);
        rig.beat();
        assertThat(kept.state()).isEqualTo(RegistrationState.REGISTERED);
    }

    @Test
    void stopsWhenAnotherProcessHasTheId() {
        KeptInstance kept = rig.registered("o-1", TTL);
        rig.cluster.replace(KEY, 0);

        rig.passes(PACE);
        rig.beat();
        rig.passes(Duration.ofHours(1));
        rig.register();
        rig.beat();

        assertThat(kept.state()).isEqualTo(RegistrationState.SUPERSEDED);
        assertThat(rig.events).containsExactly(new Superseded(kept.key(), rig.cluster.incarnation(KEY)));
        assertThat(beats()).hasSize(1);
        assertThat(rig.cluster.asked("PUT", "/o-1")).hasSize(1);
    }

    @Test
    void anOlderIncarnationIsOfARestoredRegistryAndNoOtherProcess() {
        KeptInstance kept = rig.registered("o-1", TTL);
        rig.cluster.replace(KEY, 3);

        rig.passes(PACE);
        rig.beat();
        rig.register();

        assertThat(kept.state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(rig.cluster.incarnation(KEY))
                .isGreaterThan(3)
                .isEqualTo(kept.instance().incarnation());
    }

    @Test
    void itsOwnRegistrationThatIsUnderWayIsNoOtherProcess() {
        try (Rig impatient = new Rig(1, Duration.ofMillis(300))) {
            KeptInstance kept = impatient.add(Rig.registration("o-1", TTL), false, false);
            impatient.registerUntil(kept, RegistrationState.REGISTERED);
            long before = kept.instance().incarnation();
            var unused = kept.want(present -> present.toBuilder().weight(7).build(), impatient.now());
            impatient.cluster.loseAnswers(1_000);
            impatient.registrar.run();
            impatient.cluster.loseAnswers(0);
            assertThat(impatient.cluster.incarnation(KEY)).isGreaterThan(before);

            impatient.passes(PACE);
            impatient.beat();
            assertThat(kept.state()).isEqualTo(RegistrationState.REGISTERED);
            impatient.passes(Duration.ofSeconds(5));
            impatient.beat();
            assertThat(impatient.cluster.asked("POST", "/heartbeats"))
                    .as("not asked again before it is known")
                    .hasSize(1);
            for (int i = 0; i < 20 && kept.instance().incarnation() == before; i++) {
                impatient.passes(Duration.ofSeconds(5));
                impatient.register();
            }

            assertThat(kept.instance().incarnation()).isEqualTo(impatient.cluster.incarnation(KEY));
            assertThat(impatient.events).noneMatch(Superseded.class::isInstance);
        }
    }

    @Test
    void oneThatDrainsIsNotRegisteredAgain() {
        KeptInstance kept = rig.registered("o-1", TTL);
        assertThat(kept.beginDraining()).isTrue();
        rig.cluster.forgetAll();

        rig.passes(PACE);
        rig.beat();
        rig.passes(PACE);
        rig.register();

        assertThat(kept.state()).isEqualTo(RegistrationState.DEREGISTERED);
        assertThat(rig.cluster.count()).isZero();
    }
}
