package io.rollcall.client.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AgesTest {

    private static final Instant NOW = ManualTime.START;

    private final ManualTime time = new ManualTime();
    private final Ages ages = new Ages(time);

    @Test
    void theFirstListIsAgedByTheWallClock() {
        hear(NOW.minus(Duration.ofHours(5)));

        assertThat(age(NOW.minus(Duration.ofHours(5)))).isEqualTo(Duration.ofHours(5));
    }

    /** This machine is an hour behind: what the registry itself shows is believed. */
    @Test
    void aClockBehindDoesNotMakeOldOnesNew() {
        time.setWall(NOW.minus(Duration.ofHours(1)));
        hear(NOW);

        assertThat(age(NOW.minus(Duration.ofMinutes(10)))).isEqualTo(Duration.ofMinutes(10));
        assertThat(age(NOW)).isZero();
    }

    /** This machine is an hour ahead: only the first list hears of it. */
    @Test
    void aClockAheadDoesNotMakeNewOnesOld() {
        time.setWall(NOW.plus(Duration.ofHours(1)));
        hear(NOW.minus(Duration.ofDays(1)));
        assertThat(age(NOW.minus(Duration.ofDays(1)))).isEqualTo(Duration.ofHours(25));
        ages.firstListEnded();

        time.pass(Duration.ofMinutes(10));
        hear(NOW.plus(Duration.ofMinutes(10)));

        assertThat(age(NOW.plus(Duration.ofMinutes(10)))).isZero();
    }

    /** A watch that was cut off for ten minutes brings what came up nine minutes ago. */
    @Test
    void newsThatComeLateAreOld() {
        hear(NOW);
        ages.firstListEnded();

        time.pass(Duration.ofMinutes(10));
        Instant cameUp = NOW.plus(Duration.ofMinutes(1));
        hear(cameUp);

        assertThat(age(cameUp)).isEqualTo(Duration.ofMinutes(9));
    }

    @Test
    void agesAreBounded() {
        hear(NOW);

        assertThat(age(Instant.EPOCH)).isEqualTo(Duration.ofDays(365));
    }

    private void hear(Instant date) {
        ages.heard(date, time.nanos());
    }

    private Duration age(Instant date) {
        return Duration.ofNanos(ages.ageNanos(date, time.nanos()));
    }
}
