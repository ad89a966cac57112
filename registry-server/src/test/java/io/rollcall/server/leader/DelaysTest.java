package io.rollcall.server.leader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DelaysTest {

    @Test
    void figuresAreOfTheLatestMeasurements() {
        var delays = new Delays();
        assertThat(delays.figures()).isEqualTo(new Delays.Figures(0, 0, 0, 0, 0));

        for (var i = 1; i <= 100; i++) {
            delays.add(i * 1_000_000L);
        }
        delays.miss();

        assertThat(delays.figures()).isEqualTo(new Delays.Figures(100, 1, 100, 50, 99));

        for (var i = 0; i < Delays.KEPT; i++) {
            delays.add(1_234_567);
        }
        assertThat(delays.figures()).isEqualTo(new Delays.Figures(Delays.KEPT, 1, 1.235, 1.235, 1.235));
    }
}
