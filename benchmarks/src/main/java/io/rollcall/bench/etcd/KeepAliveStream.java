package io.rollcall.bench.etcd;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.rollcall.bench.load.LoadResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One stream of keep-alives: so many unanswered messages at a time, each answer lets the next go. Its own lock guards it,
 * since the first messages are sent by another thread than the one that reads the answers.
 */
final class KeepAliveStream implements ClientResponseObserver<byte[], byte[]> {

    private static final long LATENCY_MICROS_MAX = Duration.ofMinutes(10).toNanos() / 1000;
    private static final int LATENCY_DIGITS = 3;

    private final LongSupplier leases;
    private final Duration time;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Histogram latencyMicros = new Histogram(LATENCY_MICROS_MAX, LATENCY_DIGITS);
    private final Map<String, Long> failures = new HashMap<>();

    /** When each message in flight was sent; etcd answers them in order. */
    private final ArrayDeque<Long> startNanos = new ArrayDeque<>();

    private @Nullable ClientCallStreamObserver<byte[]> requests;
    private long endNanos;
    private long answered;
    private long answerBytes;

    KeepAliveStream(LongSupplier leases, Duration time) {
        this.leases = leases;
        this.time = time;
    }

    @Override
    public synchronized void beforeStart(ClientCallStreamObserver<byte[]> stream) {
        requests = stream;
    }

    /** Sends the first messages; the call has begun. */
    synchronized void begin(int outstanding) {
        var now = System.nanoTime();
        endNanos = now + time.toNanos();
        for (var i = 0; i < outstanding; i++) {
            send(now);
        }
    }

    @Override
    public synchronized void onNext(byte[] answer) {
        var now = System.nanoTime();
        var start = startNanos.poll();
        if (start == null) {
            return; // Given up already.
        }
        if (LeaseMessages.ttlSeconds(answer) > 0) {
            latencyMicros.recordValue(Math.min((now - start) / 1000, LATENCY_MICROS_MAX));
            answerBytes += answer.length;
            if (now < endNanos) {
                answered++;
            }
        } else {
            fail("the lease is gone");
        }
        if (now < endNanos) {
            send(now);
        } else if (startNanos.isEmpty()) {
            complete();
        }
    }

    @Override
    public synchronized void onError(Throwable cause) {
        // A stream that breaks is a failure even with nothing in flight: it sends no more.
        fail("grpc " + Status.fromThrowable(cause).getCode());
        abandon("no answer");
        ended.countDown();
    }

    @Override
    public synchronized void onCompleted() {
        abandon("stream ended by the server");
        ended.countDown();
    }

    /** Waits for the answers to what is in flight at the end, up to a limit. */
    LoadResult result(Duration drain) {
        try {
            if (!ended.await(time.plus(drain).toMillis(), TimeUnit.MILLISECONDS)) {
                cancel();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a load ran", e);
        }
        synchronized (this) {
            return new LoadResult(time.toNanos() / 1e9, answered, answerBytes, failures, latencyMicros.copy());
        }
    }

    private void send(long now) {
        if (requests != null) {
            startNanos.add(now);
            requests.onNext(LeaseMessages.keepAlive(leases.getAsLong()));
        }
    }

    private void complete() {
        if (requests != null) {
            requests.onCompleted();
        }
        ended.countDown();
    }

    private synchronized void cancel() {
        abandon("no answer");
        if (requests != null) {
            requests.cancel("the load is over", null);
        }
    }

    private void abandon(String what) {
        startNanos.forEach(start -> fail(what));
        startNanos.clear();
    }

    private void fail(String what) {
        failures.merge(what, 1L, Long::sum);
    }
}
