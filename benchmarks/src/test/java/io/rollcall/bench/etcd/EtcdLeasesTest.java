package io.rollcall.bench.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EtcdLeasesTest {

    /** No header, id 5, TTL 60 s. */
    private static final byte[] KEPT = {0x0A, 0, 0x10, 5, 0x18, 60};

    private static final byte[] GONE = {0x0A, 0, 0x10, 5};

    private final Queue<byte[]> grants = new ConcurrentLinkedQueue<>();
    private final AtomicInteger served = new AtomicInteger();
    private volatile byte[] answer = KEPT;
    private volatile int breaksAfter = Integer.MAX_VALUE;
    private Server server;
    private EtcdLeases leases;

    @BeforeEach
    void start() throws IOException {
        var service = ServerServiceDefinition.builder(EtcdLeases.SERVICE)
                .addMethod(EtcdLeases.GRANT, ServerCalls.asyncUnaryCall(this::grant))
                .addMethod(EtcdLeases.KEEP_ALIVE, ServerCalls.asyncBidiStreamingCall(this::keepAlive))
                .build();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(service)
                .build()
                .start();
        leases =
                EtcdLeases.connect((InetSocketAddress) server.getListenSockets().get(0), 2);
    }

    @AfterEach
    void stop() throws InterruptedException {
        leases.close();
        server.shutdownNow();
        server.awaitTermination(10, TimeUnit.SECONDS);
    }

    @Test
    void grantsEachLeaseOnce() {
        leases.grant(1_000, 250, Duration.ofMinutes(1));

        assertThat(grants).hasSize(250).contains(LeaseMessages.grant(1_000, 60), LeaseMessages.grant(1_249, 60));
    }

    @Test
    void saysWhatWasNotGranted() {
        assertThatThrownBy(() -> leases.grant(0, 1, Duration.ofMinutes(1)))
                .hasRootCauseMessage("ALREADY_EXISTS: taken");
    }

    @Test
    void countsEachAnswerOnce() {
        var next = new AtomicLong();

        var result = leases.keepAlive(3, 4, next::incrementAndGet, Duration.ofMillis(300));

        assertThat(result.failures()).isEmpty();
        assertThat(result.latencyMicros().getTotalCount())
                .isEqualTo(served.get())
                .isEqualTo(next.get())
                .isPositive();
        assertThat(result.answered()).isBetween(served.get() - 12L, (long) served.get());
        assertThat(result.meanBodyBytes()).isEqualTo(KEPT.length);
    }

    @Test
    void aLeaseThatIsGoneIsNoSuccess() {
        answer = GONE;

        var result = leases.keepAlive(1, 1, () -> 5, Duration.ofMillis(100));

        assertThat(result.answered()).isZero();
        assertThat(result.failures()).containsOnlyKeys("the lease is gone");
    }

    @Test
    void aStreamThatBreaksIsCountedWithWhatItLeftUnanswered() {
        breaksAfter = 10;

        var result = leases.keepAlive(1, 4, () -> 5, Duration.ofSeconds(10));

        assertThat(result.failures()).containsEntry("grpc UNAVAILABLE", 1L).containsKey("no answer");
        assertThat(result.answered()).isLessThanOrEqualTo(10);
    }

    private void grant(byte[] request, StreamObserver<byte[]> observer) {
        if (request.length == LeaseMessages.grant(0, 60).length) {
            observer.onError(Status.ALREADY_EXISTS.withDescription("taken").asRuntimeException());
            return;
        }
        grants.add(request);
        observer.onNext(new byte[0]);
        observer.onCompleted();
    }

    private StreamObserver<byte[]> keepAlive(StreamObserver<byte[]> answers) {
        return new StreamObserver<>() {
            @Override
            public void onNext(byte[] request) {
                var count = served.incrementAndGet();
                if (count <= breaksAfter) {
                    answers.onNext(answer);
                } else if (count == breaksAfter + 1) {
                    answers.onError(Status.UNAVAILABLE.asRuntimeException());
                }
            }

            @Override
            public void onError(Throwable cause) {
                // The caller is gone.
            }

            @Override
            public void onCompleted() {
                answers.onCompleted();
            }
        };
    }
}
