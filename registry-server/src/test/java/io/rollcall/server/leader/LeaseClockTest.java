package io.rollcall.server.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LeaseClockTest {

    private final ManualTime time = new ManualTime();
    private final LeaseClock clock = new LeaseClock(time);

    @Test
    void goesOnWhileItIsRead() {
        long begin = clock.nanos();

        for (int i = 0; i < 10; i++) {
            time.advance(Duration.ofMillis(500));
            clock.nanos();
        }

        assertThat(clock.nanos() - begin).isEqualTo(Duration.ofSeconds(5).toNanos());
        assertThat(clock.pauses()).isZero();
        assertThat(clock.trustedFromNanos(Duration.ofSeconds(2).toNanos())).isLessThan(begin);
    }

    @Test
    void standsStillWhileTheProcessDoes() {
        long begin = clock.nanos();

        time.advance(Duration.ofSeconds(30));

        assertThat(clock.nanos() - begin).isEqualTo(Duration.ofMillis(100).toNanos());
        assertThat(clock.pauses()).isEqualTo(1);
    }

    @Test
    void trustsASilenceAgainAfterHalfALease() {
        time.advance(Duration.ofSeconds(30));
        long resumed = clock.nanos();

        assertThat(clock.trustedFromNanos(Duration.ofSeconds(4).toNanos()))
                .isEqualTo(resumed + Duration.ofSeconds(2).toNanos());
        assertThat(clock.trustedFromNanos(Duration.ofHours(24).toNanos()))
                .isEqualTo(resumed + Duration.ofSeconds(30).toNanos());
    }

    @Test
    void doubtDoesNotStopIt() {
        long begin = clock.nanos();
        time.advance(Duration.ofMillis(200));

        clock.doubt("test");

        assertThat(clock.nanos() - begin).isEqualTo(Duration.ofMillis(200).toNanos());
        assertThat(clock.trustedFromNanos(Duration.ofSeconds(2).toNanos()))
                .isEqualTo(clock.nanos() + Duration.ofSeconds(1).toNanos());
    }
}
