package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.ratis.thirdparty.io.grpc.Context;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.junit.jupiter.api.Test;

/** Questions over a real connection. */
final class PeerChannelsIT {

    private static final UUID GROUP = UUID.randomUUID();

    /** Rounds are shared: one that a peer's question began must not end because that question was answered. */
    @Test
    void questionOutlivesTheQuestionInWhichItWasAsked() throws Exception {
        var answer = new CompletableFuture<byte[]>();
        var asked = new CompletableFuture<Void>();
        var server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(PeerWire.definition(GROUP, "n2", (method, request) -> {
                    asked.complete(null);
                    return answer;
                }))
                .build()
                .start();
        var address = "127.0.0.1:" + server.getPort();
        try (var channels = new PeerChannels(
                GROUP, peer -> address, null, ForkJoinPool.commonPool(), ForkJoinPool.commonPool(), peer -> {})) {
            var call = new AtomicReference<CompletableFuture<byte[]>>();
            var outer = Context.ROOT.withCancellation();

            outer.run(() -> call.set(channels.call("n2", PeerMethod.TERM, PeerMessages.EMPTY, Duration.ofSeconds(20))));
            assertThat(asked).succeedsWithin(20, TimeUnit.SECONDS);
            outer.cancel(null);
            answer.complete(PeerMessages.number(7));

            assertThat(call.get()).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo(PeerMessages.number(7));
        } finally {
            server.shutdownNow();
        }
    }
}
