package io.rollcall.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ArrivalsTest {

    private final Arrivals arrivals = new Arrivals();

    @Test
    void timesAreComparedChangeByChange() {
        arrivals.add(11, 5_000_000);
        arrivals.add(10, 3_000_000);
        arrivals.add(10, 500_000);
        arrivals.add(9, 0);
        arrivals.add(12, 0);

        var later = arrivals.laterMillis(10, new long[] {1_000_000, 3_000_000});

        assertThat(later).containsExactly(-0.5, 2, 2);
    }

    @Test
    void percentilesAreValuesThatWereSeen() {
        var sorted = new double[] {1, 2, 3, 4};

        assertThat(Arrivals.percentile(sorted, 50)).isEqualTo(2);
        assertThat(Arrivals.percentile(sorted, 99)).isEqualTo(4);
        assertThat(Arrivals.percentile(sorted, 0)).isEqualTo(1);
    }

    @Test
    void whatIsForgottenIsGone() {
        arrivals.add(1, 1);
        arrivals.clear();

        assertThat(arrivals.size()).isZero();
        assertThat(arrivals.laterMillis(0, new long[5])).isEmpty();
    }
}
