package io.rollcall.client.provide;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Registration;
import io.rollcall.client.Outcome;
import io.rollcall.client.fake.FakeCluster.Asked;
import io.rollcall.client.fake.FakeCluster.Mode;
import io.rollcall.client.provide.RegistrationEvent.Refused;
import io.rollcall.client.provide.RegistrationEvent.Registered;
import io.rollcall.client.provide.RegistrationEvent.Reregistered;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RegistrarTest {

    private static final Duration TTL = Duration.ofSeconds(30);
    private static final String KEY = "orders/o-1";

    private final Rig rig = new Rig(2);

    @AfterEach
    void close() {
        rig.close();
    }

    private List<Asked> batches() {
        return rig.cluster.asked("POST", "/registrations");
    }

    @Test
    void manyGoInFullRequestsOneAfterTheOther() {
        for (int i = 0; i < 2_500; i++) {
            rig.add(Rig.registration("o-" + i, TTL), false, false);
        }
        rig.register();
        assertThat(rig.cluster.count())
                .as("a full request is followed by a pause")
                .isEqualTo(1_000);

        for (int pause = 0; pause < 2; pause++) {
            rig.passes(Duration.ofMillis(50));
            rig.register();
        }

        assertThat(rig.cluster.count()).isEqualTo(2_500);
        assertThat(batches()).hasSize(3);
        assertThat(rig.events).hasSize(2_500).allMatch(Registered.class::isInstance);
    }

    @Test
    void aRequestIsNoLargerThanTheRegistryTakes() {
        String large = "x".repeat(16_000);
        for (int i = 0; i < 300; i++) {
            rig.add(
                    Rig.registration("o-" + i, TTL).toBuilder()
                            .metadata(Map.of("m", large))
                            .build(),
                    false,
                    false);
        }

        for (int pause = 0; pause < 3; pause++) {
            rig.register();
            rig.passes(Duration.ofMillis(50));
        }

        assertThat(rig.cluster.count()).isEqualTo(300);
        assertThat(batches())
                .hasSize(3)
                .allSatisfy(batch -> assertThat(batch.body().getBytes(StandardCharsets.UTF_8))
                        .hasSizeLessThanOrEqualTo(2 * 1024 * 1024));
    }

    @Test
    void oneThatIsBadDoesNotKeepOthersOut() {
        KeptInstance bad =
                rig.add(Rig.registration("bad", TTL).toBuilder().weight(70_000).build(), false, false);
        KeptInstance good = rig.add(Rig.registration("good", TTL), false, false);
        KeptInstance better = rig.add(Rig.registration("o-1", TTL), false, false);

        rig.register();

        assertThat(bad.state()).isEqualTo(RegistrationState.REFUSED);
        assertThat(good.state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(better.state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(rig.events)
                .filteredOn(Refused.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.key()).isEqualTo(bad.key());
                    assertThat(((Refused) event).isFinal()).isTrue();
                });
    }

    @Test
    void takeoversAndOthersDoNotGoTogether() {
        rig.add(Rig.registration("o-1", TTL), true, false);
        rig.add(Rig.registration("o-2", TTL), true, false);
        rig.add(Rig.registration("o-3", TTL), false, false);
        rig.add(Rig.registration("o-4", TTL), false, false);

        rig.register();

        assertThat(rig.cluster.lines())
                .containsExactlyInAnyOrder("POST /registrations?takeover=true", "POST /registrations");
    }

    @Test
    void aLostAnswerIsAskedForAgainUnderTheSameRequestId() {
        try (Rig impatient = new Rig(2, Duration.ofMillis(300))) {
            KeptInstance one = impatient.add(Rig.registration("o-1", TTL), false, false);
            KeptInstance two = impatient.add(Rig.registration("o-2", TTL), false, false);
            impatient.cluster.loseAnswers(1_000);
            impatient.registrar.run();
            assertThat(one.state()).isEqualTo(RegistrationState.REGISTERING);
            impatient.cluster.loseAnswers(0);
            // It says nothing of the attempts before.
            impatient.cluster.all(Mode.NO_LEADER);
            impatient.passes(Duration.ofSeconds(10));
            impatient.registrar.run();
            impatient.cluster.all(Mode.UP);

            impatient.registerUntil(one, RegistrationState.REGISTERED);

            assertThat(one.instance().incarnation()).isEqualTo(impatient.cluster.incarnation(KEY));
            assertThat(two.state()).isEqualTo(RegistrationState.REGISTERED);
            assertThat(impatient.cluster.asked().stream().map(Asked::requestId).distinct())
                    .hasSize(1);
        }
    }

    @Test
    void triesUntilTheRegistryIsThere() {
        try (Rig impatient = new Rig(2, Duration.ofMillis(300))) {
            impatient.cluster.all(Mode.NO_LEADER);
            KeptInstance one = impatient.add(Rig.registration("o-1", TTL), false, false);
            KeptInstance two = impatient.add(Rig.registration("o-2", TTL), false, false);

            assertThat(impatient.registrar.run()).isZero();
            assertThat(Duration.ofNanos(impatient.registrar.run())).isEqualTo(Duration.ofMillis(100));
            impatient.passes(Duration.ofMillis(100));
            assertThat(impatient.registrar.run()).isZero();
            assertThat(Duration.ofNanos(impatient.registrar.run())).isEqualTo(Duration.ofMillis(200));
            impatient.cluster.all(Mode.UP);
            impatient.registerUntil(one, RegistrationState.REGISTERED);

            assertThat(one.state()).isEqualTo(RegistrationState.REGISTERED);
            assertThat(two.state()).isEqualTo(RegistrationState.REGISTERED);
            assertThat(impatient.cluster.asked()).allMatch(each -> each.path().endsWith("/registrations"));
        }
    }

    @Test
    void waitsUntilAPredecessorElsewhereIsGone() {
        rig.cluster.put(
                Rig.registration("o-1", TTL).toBuilder().address("127.0.0.1", 1).build(), InstanceStatus.PASSING, "");
        KeptInstance kept = rig.add(Rig.registration("o-1", TTL), false, false);

        rig.register();
        rig.passes(Duration.ofSeconds(1));
        rig.register();
        assertThat(kept.state()).isEqualTo(RegistrationState.REGISTERING);
        rig.cluster.forgetAll();
        rig.passes(Duration.ofSeconds(30));
        rig.register();

        assertThat(kept.state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(rig.events).hasSize(2);
        assertThat(rig.events.get(0)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal().is(ErrorCode.INSTANCE_ADDRESS_CONFLICT))
                    .isTrue();
            assertThat(refused.isFinal()).isFalse();
        });
    }

    @Test
    void whoWaitsForItLearnsOfTheFirstRefusal() {
        rig.cluster.refuse("permission-denied");
        KeptInstance kept = rig.add(Rig.registration("o-1", TTL), false, true);
        CompletableFuture<Optional<Outcome<Instance>>> failure = kept.awaited();

        rig.register();

        assertThat(Rig.end(failure)).get().isInstanceOf(Outcome.Refused.class);
        assertThat(kept.state()).isEqualTo(RegistrationState.REFUSED);
    }

    @Test
    void anUpdateIsAnotherRegistration() {
        KeptInstance kept = rig.registered("o-1", TTL);
        long before = kept.instance().incarnation();

        var failure = kept.want(
                present -> present.toBuilder().tags(Map.of("env", "test")).build(), rig.now());
        rig.register();

        assertThat(Rig.end(failure)).isEmpty();
        assertThat(rig.cluster.registration(KEY).tags()).containsEntry("env", "test");
        assertThat(kept.instance().incarnation()).isGreaterThan(before);
        assertThat(rig.events).singleElement().isInstanceOf(Reregistered.class);
    }

    @Test
    void aRefusedUpdateLeavesItAsItWas() {
        KeptInstance kept = rig.registered("o-1", TTL);
        Registration before = kept.registration();

        var failure = kept.want(present -> present.toBuilder().weight(70_000).build(), rig.now());
        rig.register();
        rig.passes(Duration.ofHours(1));
        rig.register();

        assertThat(Rig.end(failure)).get().isInstanceOf(Outcome.Refused.class);
        assertThat(kept.state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(kept.registration()).isEqualTo(before);
        assertThat(rig.cluster.asked("PUT", "/o-1")).hasSize(2);
    }

    @Test
    void whatAClosingProcessLeftDrainingIsTakenBack() {
        rig.cluster.put(Rig.registration("o-1", TTL), InstanceStatus.DRAINING, Farewell.REASON);

        KeptInstance kept = rig.registered("o-1", TTL);

        assertThat(kept.instance().status()).isEqualTo(InstanceStatus.PASSING);
        assertThat(rig.cluster.lines()).contains("DELETE /services/orders/instances/o-1/status");
    }

    @Test
    void whatAnOperatorSaidIsNotTakenBack() {
        rig.cluster.put(Rig.registration("o-1", TTL), InstanceStatus.DRAINING, "new disk");

        KeptInstance kept = rig.registered("o-1", TTL);

        assertThat(kept.instance().status()).isEqualTo(InstanceStatus.DRAINING);
    }

    @Test
    void oneThatWasGivenUpMeanwhileIsTakenOutAgain() {
        try (Rig impatient = new Rig(2, Duration.ofMillis(300))) {
            KeptInstance kept = impatient.add(Rig.registration("o-1", TTL), false, true);
            impatient.cluster.loseAnswers(1_000);
            impatient.registrar.run();
            assertThat(impatient.cluster.holds(KEY)).isTrue();
            kept.abandon();
            impatient.cluster.loseAnswers(0);

            for (int i = 0; i < 20 && impatient.cluster.holds(KEY); i++) {
                impatient.passes(Duration.ofSeconds(10));
                impatient.register();
            }

            assertThat(impatient.cluster.holds(KEY)).isFalse();
            assertThat(impatient.events).isEmpty();
        }
    }

    @Test
    void oneThatIsEndedWhileItIsRegisteredIsTakenOut() throws Exception {
        Registration registration = Rig.registration("o-1", TTL);
        KeptInstance kept = rig.add(registration, false, true);
        var wish = kept.beginWriting(rig.now());
        kept.beginEnding();
        kept.abandon();
        assertThat(kept.awaitQuiet(0)).as("not known yet").isNegative();

        assertThat(kept.written(wish, rig.cluster.put(registration, InstanceStatus.PASSING, ""), 0, 0, 0.5))
                .isTrue();

        assertThat(kept.awaitQuiet(0)).isEqualTo(rig.cluster.incarnation(KEY));
    }
}
