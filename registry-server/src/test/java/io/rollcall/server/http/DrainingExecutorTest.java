package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class DrainingExecutorTest {

    private final Queue<Runnable> started = new ArrayDeque<>();
    private final ArrayList<String> done = new ArrayList<>();

    @Test
    void manyJobsTakeNoMoreThreadsThanAllowed() {
        var executor = new DrainingExecutor(started::add, 2);

        for (var i = 0; i < 5; i++) {
            var name = "job " + i;
            executor.execute(() -> done.add(name));
        }

        assertThat(started).hasSize(2);
        started.remove().run();
        assertThat(done).containsExactly("job 0", "job 1", "job 2", "job 3", "job 4");
        started.remove().run();
        assertThat(started).isEmpty();
    }

    @Test
    void jobThatFailsLeavesTheOthersToAnotherThread() {
        var executor = new DrainingExecutor(started::add, 1);
        executor.execute(() -> {
            throw new IllegalStateException("broken");
        });
        executor.execute(() -> done.add("next"));

        assertThatThrownBy(() -> started.remove().run()).hasMessage("broken");

        assertThat(started).hasSize(1);
        started.remove().run();
        assertThat(done).containsExactly("next");
    }

    @Test
    void refusalOfTheThreadsIsTheCallers() {
        var executor = new DrainingExecutor(
                job -> {
                    throw new RejectedExecutionException("full");
                },
                1);

        assertThatThrownBy(() -> executor.execute(() -> done.add("never"))).hasMessage("full");
    }

    @Test
    void noJobIsForgotten() throws Exception {
        var threads = Executors.newFixedThreadPool(3);
        var executor = new DrainingExecutor(threads, 2);
        var jobs = 100_000;
        var latch = new CountDownLatch(jobs);

        for (var i = 0; i < jobs; i++) {
            executor.execute(latch::countDown);
        }

        assertThat(latch.await(30, SECONDS)).isTrue();
        threads.shutdown();
    }
}
