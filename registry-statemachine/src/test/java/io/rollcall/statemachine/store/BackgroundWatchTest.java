package io.rollcall.statemachine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class BackgroundWatchTest {

    private final List<StoreException> told = new CopyOnWriteArrayList<>();

    @Test
    void tellsAFailureOnceAndLooksNoMore() {
        StoreException failure = new StoreException("a compaction failed", null);
        AtomicInteger looks = new AtomicInteger();

        try (var watch = new BackgroundWatch(
                () -> {
                    if (looks.incrementAndGet() == 3) {
                        throw failure;
                    }
                },
                told::add)) {
            await().untilAsserted(() -> assertThat(told).containsExactly(failure));
            await().during(BackgroundWatch.INTERVAL.multipliedBy(2))
                    .untilAsserted(() -> assertThat(looks).hasValue(3));
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void looksNoMoreOnceItIsClosed() {
        AtomicInteger looks = new AtomicInteger();
        BackgroundWatch watch = new BackgroundWatch(looks::incrementAndGet, told::add);
        await().untilAsserted(() -> assertThat(looks).hasPositiveValue());

        watch.close();
        int last = looks.get();

        await().during(BackgroundWatch.INTERVAL.multipliedBy(2))
                .untilAsserted(() -> assertThat(looks).hasValueLessThanOrEqualTo(last + 1));
        assertThat(told).isEmpty();
    }
}
