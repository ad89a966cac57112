package io.rollcall.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Calls without end, and remembers who answered. */
final class Caller implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int ENOUGH = 20;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Channel channel;
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final List<StatusRuntimeException> failures = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::call, "caller");
    private volatile boolean isClosed;

    Caller(Channel channel) {
        this.channel = channel;
        thread.start();
    }

    private void call() {
        while (!isClosed) {
            try {
                answers.add(Who.ask(channel, CallOptions.DEFAULT));
            } catch (StatusRuntimeException e) {
                failures.add(e);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Waits until many calls in a row were answered by just these, each of them. */
    void awaitAnswersOf(String... names) {
        var begun = answers.size();
        await().atMost(LIMIT).untilAsserted(() -> {
            var all = List.copyOf(answers);
            var latest = all.subList(Math.max(begun, all.size() - ENOUGH), all.size());
            assertThat(latest).hasSize(ENOUGH);
            assertThat(Set.copyOf(latest)).isEqualTo(Set.of(names));
        });
    }

    List<StatusRuntimeException> failures() {
        return failures;
    }

    /** Returns when the last call has ended. */
    void finish() {
        isClosed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finish();
    }
}
