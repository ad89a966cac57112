package io.rollcall.server.security.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class AdaptiveLimitTest {

    private static final long TARGET = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MIN = 32;
    private static final int MAX = 2_048;

    private final AtomicLong now = new AtomicLong();
    private final AdaptiveLimit limit = new AdaptiveLimit(MIN, MAX, TARGET, now::get);

    /** A server that ends {@code perTick} a millisecond, in order, and callers that offer so many more than that. */
    private long longestWait(int perSecond, int timesCapacity, int seconds) {
        var queue = new ArrayDeque<Long>();
        var longest = 0L;
        var done = 0.0;
        var offered = 0.0;
        for (var millis = 0; millis < seconds * 1_000; millis++) {
            now.addAndGet(1_000_000);
            for (offered += perSecond * timesCapacity / 1_000.0; offered >= 1; offered--) {
                if (limit.tryBegin()) {
                    queue.add(now.get());
                }
            }
            for (done += perSecond / 1_000.0; done >= 1 && !queue.isEmpty(); done--) {
                var began = queue.remove();
                limit.ended(began);
                if (millis > seconds * 500) {
                    longest = Math.max(longest, now.get() - began);
                }
            }
        }
        queue.forEach(limit::ended);
        return longest;
    }

    @Test
    void queueIsHeldToTheTargetHoweverMuchComes() {
        var longest = longestWait(1_000, 5, 60);

        assertThat(longest).isLessThan(TARGET * 3 / 2);
        // 500 of them take half a second; a limit far below would leave the server idle.
        assertThat(limit.limit()).isBetween(300, 700);
    }

    @Test
    void quickServerIsNotHeldBack() {
        longestWait(10_000, 1, 5);

        assertThat(limit.limit()).isEqualTo(MAX);
    }

    @Test
    void limitRecoversWhenTheServerDoes() {
        longestWait(100, 5, 60);
        assertThat(limit.limit()).isLessThan(100);

        longestWait(20_000, 2, 60);

        assertThat(limit.limit()).isGreaterThan(1_000);
    }

    @Test
    void whatIsRefusedIsNotUnderWay() {
        for (var i = 0; i < MAX; i++) {
            assertThat(limit.tryBegin()).isTrue();
        }

        assertThat(limit.tryBegin()).isFalse();
        assertThat(limit.isFull()).isTrue();
        limit.ended(now.get());
        assertThat(limit.underWay()).isEqualTo(MAX - 1);
        assertThat(limit.tryBegin()).isTrue();
    }

    @Test
    void oneStandstillCostsOneStepNotOneForEachThatWaited() {
        for (var i = 0; i < MAX; i++) {
            limit.tryBegin();
        }
        now.addAndGet(TARGET * 2);
        for (var i = 0; i < MAX; i++) {
            limit.ended(0);
        }

        assertThat(limit.limit()).isEqualTo((int) (MAX * 0.9));
    }
}
