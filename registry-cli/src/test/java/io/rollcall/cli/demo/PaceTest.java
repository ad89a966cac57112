package io.rollcall.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.RegistrationRules;
import io.rollcall.api.model.Violations;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PaceTest {

    @Test
    void aScheduleComesAgainEachCycle() {
        Schedule schedule = new Schedule(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(45));

        assertThat(schedule.isOn(Duration.ZERO)).isFalse();
        assertThat(schedule.isOn(Duration.ofSeconds(15))).isTrue();
        assertThat(schedule.isOn(Duration.ofMillis(24_999))).isTrue();
        assertThat(schedule.isOn(Duration.ofSeconds(25))).isFalse();
        assertThat(schedule.isOn(Duration.ofSeconds(45))).isFalse();
        assertThat(schedule.isOn(Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void withoutACycleThereIsNoTrouble() {
        Pace pace = new Pace(Duration.ZERO);

        assertThat(pace.failing().isOn(Duration.ofSeconds(15))).isFalse();
        assertThat(pace.silent().isOn(Duration.ofSeconds(35))).isFalse();
        assertThat(pace.ttl()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 10, 17, 45, 600, 3_600})
    void leasesAndChecksAreWhatARegistrationMayAskFor(int cycleSeconds) {
        Pace pace = new Pace(Duration.ofSeconds(cycleSeconds));
        Violations violations = new Violations();

        RegistrationRules.check(
                Registration.builder(InstanceKey.of("default", "orders", "o-1"))
                        .address("127.0.0.1", 8080)
                        .ttl(pace.ttl())
                        .healthCheck(pace.check("/health"))
                        .build(),
                violations);

        violations.throwIfAny();
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 10, 17, 45, 600, 3_600})
    void eachTroubleLastsLongEnoughToBeNoticedAndEndsBeforeTheNext(int cycleSeconds) {
        Pace pace = new Pace(Duration.ofSeconds(cycleSeconds));

        Duration detection = pace.check("/health").interval().multipliedBy(2);
        assertThat(pace.failing().length()).isGreaterThan(detection);
        assertThat(pace.silent().length()).isGreaterThan(pace.ttl().multipliedBy(2));
        assertThat(pace.failing().first().plus(pace.failing().length()))
                .isLessThan(pace.silent().first());
        assertThat(pace.silent().first().plus(pace.silent().length()))
                .isLessThan(pace.failing().first().plus(pace.cycle()));
    }
}
