package io.rollcall.server.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.server.config.CheckSettings;
import io.rollcall.server.config.LeaseSettings;
import io.rollcall.server.probe.Outcome;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.StateReset;
import io.rollcall.statemachine.command.Verdict;
import io.rollcall.statemachine.command.Verdict.CheckTurned;
import io.rollcall.statemachine.command.Verdict.Suspected;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks, verdicts and the doubt in both, on a clock that the test moves. */
final class HealthChecksTest {

    private static final LeaseSettings LEASES =
            new LeaseSettings(Duration.ofSeconds(1), Duration.ofSeconds(2), 100, Duration.ofSeconds(60), 15, 20, 50, 3);
    private static final CheckSettings CHECKS = new CheckSettings(true, List.of(), List.of(), List.of(), 100, 100);

    private final ManualTime time = new ManualTime();
    private final SmallRegistry registry = new SmallRegistry(time);
    private final ProbeFake probe = new ProbeFake(time);
    private LeaderTerm term;

    @BeforeEach
    void lead() {
        registry.verdicts.clear();
        HealthChecks checks = new HealthChecks(probe, CHECKS, LEASES, time, time);
        term = new LeaderTerm("n1", 3, LEASES, registry.view, registry, checks, time, time);
        registry.tell(new ChangeSink() {
            @Override
            public void changed(ChangeBatch batch) {
                term.changed(batch);
            }

            @Override
            public void reset(StateReset state) {
                throw new AssertionError("a leader's state is not replaced");
            }
        });
        term.load();
    }

    private static InstanceKey key(int number) {
        return InstanceKey.of("default", "web", "w" + number);
    }

    private void register(int count) {
        HealthCheck usual = HealthCheck.of(CheckType.HTTP, "/health");
        HealthCheck quick = new HealthCheck(
                usual.type(),
                usual.endpoint(),
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                3,
                2,
                usual.method(),
                usual.headers(),
                null);
        for (int i = 0; i < count; i++) {
            registry.register(Registration.builder(key(i))
                    .address("10.0.0." + (i + 1), 80)
                    .ttl(Duration.ZERO)
                    .healthCheck(quick)
                    .build());
        }
    }

    private void pass(Duration duration) {
        for (long i = 0; i < duration.toMillis() / 100; i++) {
            time.advance(Duration.ofMillis(100));
            term.sweep();
        }
    }

    private List<Verdict> verdicts(Class<? extends Verdict> type) {
        return registry.verdicts.stream().filter(type::isInstance).toList();
    }

    private String report(boolean release) {
        return new String(ExpiryReport.of(term, release), StandardCharsets.UTF_8);
    }

    @Test
    void onlyTransitionsEnterTheLog() {
        register(1);
        probe.atOnce = Outcome.GOOD;
        pass(Duration.ofSeconds(30));
        assertThat(registry.verdicts).hasSize(1);

        probe.atOnce = Outcome.BAD;
        pass(Duration.ofSeconds(30));

        assertThat(registry.verdicts).hasSize(2).hasOnlyElementsOfType(CheckTurned.class);
    }

    @Test
    void aFewThatFailAreBelieved() {
        register(5);
        probe.atOnce = Outcome.GOOD;
        pass(Duration.ofSeconds(5));

        probe.atOnce = Outcome.BAD;
        pass(Duration.ofSeconds(5));

        assertThat(verdicts(CheckTurned.class)).hasSize(10);
        assertThat(verdicts(Suspected.class)).isEmpty();
    }

    @Test
    void manyThatFailTogetherAreDoubtedUntilTheyAreWell() {
        register(50);
        probe.atOnce = Outcome.GOOD;
        pass(Duration.ofSeconds(5));

        probe.atOnce = Outcome.BAD;
        pass(Duration.ofSeconds(10));
        assertThat(verdicts(CheckTurned.class)).hasSize(50);
        assertThat(registry.present(key(1)).suspect()).isTrue();
        assertThat(report(false)).contains("\"mode\":\"holding\"", "\"checksHeld\":50");

        probe.atOnce = Outcome.GOOD;
        pass(Duration.ofSeconds(3));
        assertThat(registry.present(key(1)).suspect()).isFalse();
        assertThat(report(false)).contains("\"mode\":\"idle\"", "\"checksHeld\":0");
        assertThat(verdicts(CheckTurned.class)).hasSize(50);
    }

    @Test
    void theDoubtEndsByItsDeadline() {
        register(50);
        probe.atOnce = Outcome.GOOD;
        pass(Duration.ofSeconds(5));
        probe.atOnce = Outcome.BAD;

        pass(Duration.ofSeconds(60));
        assertThat(verdicts(CheckTurned.class)).hasSize(50);
        pass(Duration.ofSeconds(10));

        assertThat(verdicts(CheckTurned.class)).hasSize(100);
    }

    @Test
    void anOperatorEndsTheDoubt() {
        register(50);
        probe.atOnce = Outcome.GOOD;
        pass(Duration.ofSeconds(5));
        probe.atOnce = Outcome.BAD;
        pass(Duration.ofSeconds(10));

        report(true);
        pass(Duration.ofSeconds(3));

        assertThat(verdicts(CheckTurned.class)).hasSize(100);
    }

    @Test
    void whatWasLostIsSaidAgain() {
        register(1);
        registry.leads = false;
        probe.atOnce = Outcome.GOOD;
        pass(Duration.ofSeconds(5));
        assertThat(registry.verdicts).isEmpty();

        registry.leads = true;
        pass(Duration.ofSeconds(2));

        assertThat(verdicts(CheckTurned.class)).hasSize(1);
    }

    @Test
    void aFlagThatAnEarlierLeaderSetIsTakenBackOnceTheCheckIsGood() {
        register(50);
        probe.atOnce = Outcome.GOOD;
        pass(Duration.ofSeconds(5));
        probe.atOnce = Outcome.BAD;
        pass(Duration.ofSeconds(10));
        assertThat(registry.present(key(1)).suspect()).isTrue();

        term.end();
        lead();
        probe.atOnce = null;
        pass(Duration.ofSeconds(2));
        assertThat(registry.present(key(1)).suspect())
                .as("before its own observation")
                .isTrue();
        probe.atOnce = Outcome.GOOD;
        probe.open().forEach(check -> check.answer(Outcome.GOOD));
        pass(Duration.ofSeconds(3));

        assertThat(registry.present(key(1)).suspect()).isFalse();
    }

    @Test
    void aFlagThatWasLostIsSetAgain() {
        register(50);
        probe.atOnce = Outcome.GOOD;
        pass(Duration.ofSeconds(5));
        registry.leads = false;
        probe.atOnce = Outcome.BAD;
        pass(Duration.ofSeconds(10));
        assertThat(registry.present(key(1)).suspect()).isFalse();

        registry.leads = true;
        pass(Duration.ofSeconds(3));

        assertThat(registry.present(key(1)).suspect()).isTrue();
    }
}
