package io.rollcall.server.security.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TokenBucketsTest {

    private final AtomicLong now = new AtomicLong(-5);

    private TokenBuckets buckets(double perSecond, double burst, int max) {
        return new TokenBuckets(perSecond, burst, max, now::get);
    }

    private void pass(long millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void burstIsTakenAtOnceAndTheRestAtItsRate() {
        var buckets = buckets(10, 5, 100);
        for (var i = 0; i < 5; i++) {
            assertThat(buckets.take("a")).isZero();
        }

        assertThat(buckets.take("a")).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
        pass(99);
        assertThat(buckets.take("a")).isPositive();
        pass(1);
        assertThat(buckets.look("a")).isZero();
        assertThat(buckets.take("a")).isZero();
        assertThat(buckets.take("a")).isPositive();
    }

    @Test
    void oneWhoIsQuietSavesNoMoreThanTheBurst() {
        var buckets = buckets(10, 5, 100);
        buckets.take("a");
        pass(3_600_000);

        var taken = 0;
        while (buckets.take("a") == 0) {
            taken++;
        }

        assertThat(taken).isEqualTo(5);
    }

    @Test
    void nobodyPaysForAnother() {
        var buckets = buckets(1, 1, 100);
        assertThat(buckets.take("a")).isZero();
        assertThat(buckets.take("a")).isPositive();

        assertThat(buckets.take("b")).isZero();
    }

    @Test
    void manyKeysTakeNoMoreMemoryThanAllowedAndForgetNobodyWhoIsLimited() {
        var buckets = buckets(1, 2, 50);
        assertThat(buckets.take("limited")).isZero();
        assertThat(buckets.take("limited")).isZero();
        assertThat(buckets.take("limited")).isPositive();

        var let = 0;
        for (var i = 0; i < 10_000; i++) {
            let += buckets.take("key-" + i) == 0 ? 1 : 0;
        }

        assertThat(buckets.size()).isLessThanOrEqualTo(50);
        assertThat(buckets.take("limited")).isPositive();
        // 49 with buckets of their own, and two for all the others together.
        assertThat(let).isEqualTo(51);
    }

    @Test
    void fullBucketsMakeRoom() {
        var buckets = buckets(1, 2, 50);
        for (var i = 0; i < 50; i++) {
            buckets.take("old-" + i);
        }
        pass(10_000);

        assertThat(buckets.take("new")).isZero();
        assertThat(buckets.take("new")).isZero();
        assertThat(buckets.take("new")).isPositive();
        assertThat(buckets.take("newer")).isZero();
    }

    @Test
    void zeroLimitsNobody() {
        var buckets = buckets(0, 0, 10);
        for (var i = 0; i < 1_000; i++) {
            assertThat(buckets.take("a")).isZero();
        }
        assertThat(buckets.size()).isZero();
    }
}
