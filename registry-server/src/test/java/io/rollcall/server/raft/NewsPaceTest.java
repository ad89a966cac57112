package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class NewsPaceTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final NewsPace pace = new NewsPace(now::get);

    @Test
    void whatIsCommittedWhileNothingElseIsUnderWayIsAlwaysNews() {
        assertThat(pace.isNews(false)).isTrue();
        assertThat(pace.isNews(false)).isTrue();
    }

    @Test
    void firstOfABurstIsNewsAndTheOthersWaitForTheNextEntry() {
        assertThat(pace.isNews(true)).isTrue();
        now.addAndGet(NewsPace.BUSY_INTERVAL.toNanos() - 1);
        assertThat(pace.isNews(true)).isFalse();
    }

    @Test
    void burstHasNewsEveryFewMilliseconds() {
        int news = 0;
        for (int i = 0; i < 1_000; i++) {
            news += pace.isNews(true) ? 1 : 0;
            now.addAndGet(NewsPace.BUSY_INTERVAL.toNanos() / 10);
        }

        assertThat(news).isEqualTo(100);
    }
}
