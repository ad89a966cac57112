package io.rollcall.client.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that begin at the same time. */
final class Together {

    interface Work {
        void run(int thread) throws Exception;
    }

    private Together() {}

    static void run(int threads, Work work) throws Exception {
        var pool = Executors.newFixedThreadPool(threads);
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            done.add(pool.submit(() -> {
                start.await();
                work.run(thread);
                return null;
            }));
        }
        pool.shutdown();
        for (Future<?> one : done) {
            one.get(60, TimeUnit.SECONDS);
        }
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
}
