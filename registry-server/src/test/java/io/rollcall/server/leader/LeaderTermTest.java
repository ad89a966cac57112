package io.rollcall.server.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Registration;
import io.rollcall.server.app.Beat;
import io.rollcall.server.app.BeatResult;
import io.rollcall.server.app.BeatResult.Renewed;
import io.rollcall.server.app.BeatResult.Stale;
import io.rollcall.server.app.BeatResult.Unconfirmed;
import io.rollcall.server.app.BeatResult.Unknown;
import io.rollcall.server.config.LeaseSettings;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.StateReset;
import io.rollcall.statemachine.command.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class LeaderTermTest {

    private static final Duration TTL = Duration.ofSeconds(3);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration MAX_HOLD = Duration.ofSeconds(60);

    private final ManualTime time = new ManualTime();
    private final SmallRegistry registry = new SmallRegistry(time);

    private LeaderTerm lead() {
        return lead(15);
    }

    private LeaderTerm lead(int globalPercent) {
        LeaseSettings settings =
                new LeaseSettings(Duration.ofSeconds(1), GRACE, 100, MAX_HOLD, globalPercent, 20, 50, 3);
        LeaderTerm term = new LeaderTerm("n1", 7, settings, registry.view, registry, new NoChecks(), time, time);
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
        return term;
    }

    private static InstanceKey key(String service, int number) {
        return InstanceKey.of("default", service, "i" + number);
    }

    private BeatResult beat(LeaderTerm term, InstanceKey key) {
        return term.renew(List.of(new Beat(key, null)), registry::confirm)
                .join()
                .get(0);
    }

    private void pass(LeaderTerm term, Duration duration) {
        long ticks = duration.toMillis() / 100;
        for (long i = 0; i < ticks; i++) {
            time.advance(Duration.ofMillis(100));
            term.sweep();
        }
    }

    private InstanceStatus status(InstanceKey key) {
        return registry.present(key).status();
    }

    @Test
    void silenceMakesCriticalWithinASecondAfterTheLease() {
        LeaderTerm term = lead();
        registry.register(key("orders", 1), TTL);

        pass(term, TTL);
        assertThat(status(key("orders", 1))).isEqualTo(InstanceStatus.PASSING);
        pass(term, Duration.ofMillis(300));

        assertThat(status(key("orders", 1))).isEqualTo(InstanceStatus.CRITICAL);
    }

    @Test
    void whoBeatsStays() {
        LeaderTerm term = lead();
        registry.register(key("orders", 1), TTL);

        for (int i = 0; i < 50; i++) {
            pass(term, Duration.ofMillis(2_900));
            assertThat(beat(term, key("orders", 1))).isInstanceOf(Renewed.class);
        }

        assertThat(registry.verdicts).isEmpty();
    }

    @Test
    void aBeatTellsLeaseAndPace() {
        LeaderTerm term = lead();
        registry.register(key("orders", 1), TTL);

        assertThat(beat(term, key("orders", 1))).isEqualTo(new Renewed(TTL, Duration.ofSeconds(1)));
    }

    @Test
    void aBeatOfNobodyAsksToRegister() {
        LeaderTerm term = lead();

        assertThat(beat(term, key("orders", 1))).isEqualTo(new Unknown());
    }

    @Test
    void aBeatOfAnotherIncarnationRenewsNothing() {
        LeaderTerm term = lead();
        registry.register(key("orders", 1), TTL);
        long older = registry.present(key("orders", 1)).incarnation();
        registry.register(key("orders", 1), TTL);

        List<BeatResult> results = term.renew(List.of(new Beat(key("orders", 1), older)), registry::confirm)
                .join();

        assertThat(results)
                .containsExactly(new Stale(registry.present(key("orders", 1)).incarnation()));
    }

    @Test
    void anInstanceWithoutALeaseNeverExpires() {
        LeaderTerm term = lead();
        registry.register(key("orders", 1), Duration.ZERO);

        pass(term, Duration.ofMinutes(5));

        assertThat(beat(term, key("orders", 1))).isEqualTo(new Renewed(Duration.ZERO, Duration.ZERO));
        assertThat(registry.verdicts).isEmpty();
    }

    @Test
    void aBeatRevivesTheSameIncarnation() {
        LeaderTerm term = lead();
        long incarnation = registry.register(key("orders", 1), TTL).incarnation();
        pass(term, Duration.ofSeconds(4));

        assertThat(beat(term, key("orders", 1))).isInstanceOf(Renewed.class);

        assertThat(status(key("orders", 1))).isEqualTo(InstanceStatus.PASSING);
        assertThat(registry.present(key("orders", 1)).incarnation()).isEqualTo(incarnation);
        pass(term, Duration.ofSeconds(4));
        assertThat(status(key("orders", 1))).isEqualTo(InstanceStatus.CRITICAL);
    }

    @Test
    void aNewLeaderGivesEveryLeaseItsFullTimeAndAGrace() {
        registry.register(key("orders", 1), TTL);
        time.advance(Duration.ofMinutes(1));
        LeaderTerm term = lead();

        pass(term, TTL.plus(GRACE));
        assertThat(status(key("orders", 1))).isEqualTo(InstanceStatus.PASSING);
        pass(term, Duration.ofMillis(300));

        assertThat(status(key("orders", 1))).isEqualTo(InstanceStatus.CRITICAL);
    }

    @Test
    void aPauseOfOurOwnCountsAgainstNobody() {
        LeaderTerm term = lead();
        registry.register(key("orders", 1), TTL);
        pass(term, Duration.ofMillis(2_900));

        time.advance(TTL.multipliedBy(3));
        pass(term, Duration.ofSeconds(1));
        assertThat(status(key("orders", 1))).isEqualTo(InstanceStatus.PASSING);
        pass(term, Duration.ofSeconds(1));

        assertThat(status(key("orders", 1))).isEqualTo(InstanceStatus.CRITICAL);
    }

    @Test
    void withoutConfirmationNobodyIsToldThatHeIsSafeAndNobodyExpires() {
        LeaderTerm term = lead();
        registry.register(key("orders", 1), TTL);
        registry.leads = false;

        assertThat(beat(term, key("orders", 1))).isInstanceOf(Unconfirmed.class);
        pass(term, Duration.ofSeconds(10));

        assertThat(status(key("orders", 1))).isEqualTo(InstanceStatus.PASSING);
    }

    @Test
    void aBeatWhileTheLeaseExpiresWaitsForWhatComesOfIt() {
        LeaderTerm term = lead();
        registry.register(key("orders", 1), TTL);
        pass(term, Duration.ofMillis(2_900));
        registry.delayed = new ArrayList<>();
        pass(term, Duration.ofMillis(400));

        CompletableFuture<List<BeatResult>> answer =
                term.renew(List.of(new Beat(key("orders", 1), null)), registry::confirm);
        assertThat(answer).isNotDone();
        registry.applyDelayed();

        assertThat(answer).isCompleted();
        assertThat(answer.join()).containsExactly(new Renewed(TTL, Duration.ofSeconds(1)));
        assertThat(registry.verdicts).hasExactlyElementsOfTypes(Verdict.LeaseLapsed.class, Verdict.LeaseRevived.class);
        assertThat(status(key("orders", 1))).isEqualTo(InstanceStatus.PASSING);
    }

    @Test
    void smallServicesExpireHoweverManyOfThemAreSilent() {
        LeaderTerm term = lead();
        for (int i = 0; i < 3; i++) {
            registry.register(key("small", i), TTL);
        }

        pass(term, Duration.ofMillis(3_300));

        assertThat(registry.verdicts).hasSize(3).hasOnlyElementsOfType(Verdict.LeaseLapsed.class);
    }

    private void registerMany(String service, int count) {
        for (int i = 0; i < count; i++) {
            registry.register(key(service, i), TTL);
        }
    }

    private void beatAll(LeaderTerm term, String service, int count) {
        List<Beat> beats = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            beats.add(new Beat(key(service, i), null));
        }
        assertThat(term.renew(beats, registry::confirm).join()).hasOnlyElementsOfType(Renewed.class);
    }

    private static String report(LeaderTerm term, boolean release) {
        return new String(ExpiryReport.of(term, release), StandardCharsets.UTF_8);
    }

    @Test
    void aServiceThatFallsSilentTogetherIsHeldAndHeals() {
        LeaderTerm term = lead();
        registerMany("orders", 100);
        pass(term, Duration.ofSeconds(15));

        assertThat(report(term, false)).contains("\"mode\":\"holding\"", "\"held\":100", "\"endsBy\":\"2026");
        assertThat(registry.verdicts).hasSize(100).hasOnlyElementsOfType(Verdict.Suspected.class);
        assertThat(registry.present(key("orders", 1)).suspect()).isTrue();
        assertThat(status(key("orders", 1))).isEqualTo(InstanceStatus.PASSING);

        beatAll(term, "orders", 100);
        pass(term, Duration.ofMillis(200));

        assertThat(registry.present(key("orders", 1)).suspect()).isFalse();
        assertThat(report(term, false)).contains("\"mode\":\"idle\"", "\"held\":0");
    }

    @Test
    void whatComesBackSlowlyAfterAHoldGetsTheTimeForIt() {
        LeaderTerm term = lead(100);
        registerMany("orders", 100);
        pass(term, Duration.ofSeconds(10));

        beatAll(term, "orders", 60);
        pass(term, Duration.ofMillis(2_500));
        assertThat(registry.verdicts).noneMatch(Verdict.LeaseLapsed.class::isInstance);
        for (int i = 0; i < 20; i++) {
            beatAll(term, "orders", 60);
            pass(term, Duration.ofSeconds(1));
        }

        assertThat(registry.verdicts.stream().filter(Verdict.LeaseLapsed.class::isInstance))
                .hasSize(40);
    }

    @Test
    void aHoldEndsByItsDeadlineAndNotFasterThanTheRate() {
        LeaderTerm term = lead();
        registerMany("orders", 300);
        pass(term, MAX_HOLD.plus(TTL).minusSeconds(1));
        assertThat(registry.verdicts).noneMatch(Verdict.LeaseLapsed.class::isInstance);

        pass(term, Duration.ofMillis(1_500));
        long first = registry.verdicts.stream()
                .filter(Verdict.LeaseLapsed.class::isInstance)
                .count();
        pass(term, Duration.ofSeconds(3));

        assertThat(first).isBetween(100L, 200L);
        assertThat(registry.verdicts.stream().filter(Verdict.LeaseLapsed.class::isInstance))
                .hasSize(300);
        assertThat(report(term, false)).contains("\"mode\":\"idle\"");
    }

    @Test
    void anOperatorLetsGo() {
        LeaderTerm term = lead();
        registerMany("orders", 50);
        pass(term, Duration.ofSeconds(5));

        assertThat(report(term, true)).contains("\"mode\":\"releasing\"");
        pass(term, Duration.ofSeconds(1));

        assertThat(registry.verdicts.stream().filter(Verdict.LeaseLapsed.class::isInstance))
                .hasSize(50);
    }

    @Test
    void manySmallServicesTogetherAreHeldByTheSumOfThem() {
        LeaderTerm term = lead();
        for (int i = 0; i < 50; i++) {
            registry.register(key("s" + i, 0), TTL);
        }

        pass(term, Duration.ofSeconds(5));

        assertThat(registry.verdicts).hasSize(50).hasOnlyElementsOfType(Verdict.Suspected.class);
    }

    @Test
    void aSlowRhythmIsNotTakenForLateness() {
        LeaderTerm term = lead();
        registerMany("slow", 40);
        for (int i = 0; i < 10; i++) {
            beatAll(term, "slow", 40);
            pass(term, Duration.ofMillis(2_700));
        }
        registry.register(key("dead", 1), TTL);
        for (int i = 0; i < 2; i++) {
            beatAll(term, "slow", 40);
            pass(term, Duration.ofMillis(2_700));
        }

        assertThat(status(key("dead", 1))).isEqualTo(InstanceStatus.CRITICAL);
    }

    @Test
    void criticalForTooLongIsRemoved() {
        LeaderTerm term = lead();
        registry.register(key("orders", 1), TTL);
        pass(term, Duration.ofMillis(3_300));

        pass(term, Duration.ofSeconds(59));
        assertThat(registry.find(key("orders", 1))).isNotNull();
        pass(term, Duration.ofSeconds(2));

        assertThat(registry.find(key("orders", 1))).isNull();
        assertThat(beat(term, key("orders", 1))).isEqualTo(new Unknown());
    }

    @Test
    void aSilenceOfALongLeaseIsMarkedAndTakenBackBeforeTheBeatIsAcknowledged() {
        LeaderTerm term = lead();
        InstanceKey key = key("batch", 1);
        registry.register(key, Duration.ofMinutes(10));
        pass(term, Duration.ofMinutes(6));

        assertThat(registry.marks).isNotEmpty();
        assertThat(registry.marks.get(0).silentMillis()).isBetween(300_000L, 302_000L);

        assertThat(beat(term, key)).isInstanceOf(Renewed.class);
        assertThat(registry.marks.get(registry.marks.size() - 1).silentMillis()).isZero();
    }

    @Test
    void aNewLeaderTakesAMarkedSilenceOver() {
        LeaderTerm first = lead();
        registry.register(key("batch", 1), Duration.ofMinutes(10));
        pass(first, Duration.ofMinutes(6));
        LeaderTerm second = lead();

        pass(second, Duration.ofMinutes(4));
        assertThat(status(key("batch", 1))).isEqualTo(InstanceStatus.PASSING);
        pass(second, Duration.ofMinutes(2));

        assertThat(status(key("batch", 1))).isEqualTo(InstanceStatus.CRITICAL);
    }

    @Test
    void beatsAloneAreMarkedOnceAMinute() {
        LeaderTerm term = lead();
        registerMany("orders", 3);
        for (int i = 0; i < 180; i++) {
            beatAll(term, "orders", 3);
            pass(term, Duration.ofSeconds(1));
        }

        assertThat(registry.marks).hasSizeBetween(6, 12);
        assertThat(registry.marks.get(0).lastHeartbeatMillis()).isPositive();
    }

    @Test
    void theLastBeatIsKnownToTheMillisecond() {
        LeaderTerm term = lead();
        Registration registration = registry.register(key("orders", 1), TTL).registration();
        time.advance(Duration.ofMillis(300));
        long at = time.millis();
        beat(term, registration.key());

        pass(term, Duration.ofSeconds(1));

        long incarnation = registry.present(registration.key()).incarnation();
        assertThat(term.lastBeatMillis(registration.key(), incarnation)).isEqualTo(at);
        assertThat(term.lastBeatMillis(registration.key(), incarnation - 1)).isZero();
    }

    @Test
    void anEndedTermDecidesNothing() {
        LeaderTerm term = lead();
        registry.register(key("orders", 1), TTL);

        term.end();
        pass(term, Duration.ofSeconds(10));

        assertThat(registry.verdicts).isEmpty();
    }

    @Test
    void anEndedTermTakesNoBeat() {
        LeaderTerm term = lead();
        registry.register(key("orders", 1), TTL);

        term.end();

        assertThat(beat(term, key("orders", 1))).isInstanceOf(Unconfirmed.class);
    }

    @Test
    void removalsThatWaitDoNotSlowExpiries() {
        LeaderTerm term = lead(100);
        // Long critical, and removed in a minute.
        for (int i = 0; i < 150; i++) {
            registry.register(key("s" + i, 0), TTL);
        }
        pass(term, Duration.ofSeconds(64));
        int before = registry.verdicts.size();
        for (int i = 0; i < 150; i++) {
            registry.register(key("t" + i, 0), TTL);
        }

        pass(term, Duration.ofSeconds(5));

        assertThat(registry.verdicts.subList(before, registry.verdicts.size()))
                .filteredOn(Verdict.LeaseLapsed.class::isInstance)
                .hasSize(150);
    }

    @Test
    void aMarkThatIsThereIsTakenBackHoweverTheLeaseBegan() {
        LeaderTerm first = lead();
        InstanceKey key = key("batch", 1);
        registry.register(key, Duration.ofMinutes(10));
        pass(first, Duration.ofMinutes(6));
        LeaderTerm second = lead();

        assertThat(beat(second, key)).isInstanceOf(Renewed.class);

        assertThat(registry.marks.get(registry.marks.size() - 1).silentMillis()).isZero();
    }
}
