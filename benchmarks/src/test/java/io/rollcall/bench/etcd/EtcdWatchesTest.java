package io.rollcall.bench.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.rollcall.bench.process.Calls;
import io.rollcall.bench.watch.Arrivals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EtcdWatchesTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final byte[] CREATED = {0x0A, 0, 0x18, 1};

    /** An event of six bytes. */
    private static final byte[] TOLD = "Z\6seq-3\"".getBytes(StandardCharsets.US_ASCII);

    private final List<StreamObserver<byte[]>> streams = new CopyOnWriteArrayList<>();
    private final List<byte[]> puts = new CopyOnWriteArrayList<>();
    private final Arrivals arrivals = new Arrivals();
    private Server server;
    private InetSocketAddress member;

    @BeforeEach
    void start() throws IOException {
        var watch = ServerServiceDefinition.builder(EtcdWatches.SERVICE)
                .addMethod(EtcdWatches.WATCH, ServerCalls.asyncBidiStreamingCall(EtcdWatchesTest.this::watch))
                .build();
        var kv = ServerServiceDefinition.builder(EtcdPuts.SERVICE)
                .addMethod(EtcdPuts.PUT, ServerCalls.asyncUnaryCall((byte[] request, StreamObserver<byte[]> answer) -> {
                    puts.add(request);
                    answer.onNext(new byte[0]);
                    answer.onCompleted();
                }))
                .build();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(watch)
                .addService(kv)
                .build()
                .start();
        member = (InetSocketAddress) server.getListenSockets().get(0);
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.shutdownNow();
        server.awaitTermination(10, TimeUnit.SECONDS);
    }

    @Test
    void everyWatchIsToldAndTimed() {
        try (var watches = EtcdWatches.open(List.of(member), 2, List.of("a/", "b/"), 250, arrivals)) {
            var before = System.nanoTime();
            streams.forEach(stream -> stream.onNext(TOLD));
            Calls.await("all to be told", LIMIT, () -> arrivals.size() == 250);

            assertThat(arrivals.laterMillis(3, new long[] {before})[0]).isPositive();
            assertThat(watches.lost()).isZero();
        }
    }

    @Test
    void watchesThatBreakAreCounted() {
        try (var watches = EtcdWatches.open(List.of(member), 1, List.of("a/"), 3, arrivals)) {
            streams.forEach(stream -> stream.onError(Status.UNAVAILABLE.asRuntimeException()));

            Calls.await("all to be lost", LIMIT, () -> watches.lost() == 3);
        }
    }

    @Test
    void putsAreSentOneByOne() {
        try (var caller = EtcdPuts.connect(member)) {
            caller.put("k", "v");
            caller.put("k", "w");
        }

        assertThat(puts)
                .containsExactly(
                        WatchMessages.put(new byte[] {'k'}, new byte[] {'v'}),
                        WatchMessages.put(new byte[] {'k'}, new byte[] {'w'}));
    }

    private StreamObserver<byte[]> watch(StreamObserver<byte[]> answers) {
        streams.add(answers);
        return new StreamObserver<>() {
            @Override
            public void onNext(byte[] request) {
                answers.onNext(CREATED);
            }

            @Override
            public void onError(Throwable cause) {
                // The watcher is gone.
            }

            @Override
            public void onCompleted() {
                answers.onCompleted();
            }
        };
    }
}
