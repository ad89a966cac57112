package io.rollcall.server.raft;

import java.net.ConnectException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.ClientCall;
import org.apache.ratis.thirdparty.io.grpc.ConnectivityState;
import org.apache.ratis.thirdparty.io.grpc.Context;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.ClientCalls;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelOption;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/** The connection to one member. */
final class PeerLink {

    /** The largest message; the largest request is a batch of commands. */
    static final int MESSAGE_BYTES_MAX = 64 * 1024 * 1024;

    /** A member answers a connection within it, or the next call tries anew. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /** A connection without any answer for so long, while answers are overdue, leads nowhere any more. */
    static final Duration SILENCE_MAX = Duration.ofSeconds(1);

    private final String peer;
    private final ManagedChannel channel;
    private final Map<PeerMethod, MethodDescriptor<byte[], byte[]>> methods = new EnumMap<>(PeerMethod.class);
    private volatile long lastAnswerNanos = System.nanoTime();

    /**
     * A connection that is opened with the first call.
     *
     * @param tls protects it; null: nothing does
     */
    PeerLink(UUID group, String peer, String address, @Nullable SslContext tls, Executor executor) {
        this.peer = peer;
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget(address);
        this.channel = (tls == null ? builder.usePlaintext() : builder.sslContext(tls))
                // No proxy of the environment: members are reached directly.
                .proxyDetector(target -> null)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_TIMEOUT.toMillis())
                .maxInboundMessageSize(MESSAGE_BYTES_MAX)
                .executor(executor)
                .build();
        for (PeerMethod method : PeerMethod.values()) {
            methods.put(method, PeerWire.descriptor(group, peer, method));
        }
    }

    /**
     * Asks the member.
     *
     * @param silent is run if the connection seems to lead nowhere
     */
    CompletableFuture<byte[]> call(PeerMethod method, byte[] request, Duration timeout, Runnable silent) {
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            // gRPC would wait for up to two minutes before it tries again; a member is back within a second or two.
            channel.resetConnectBackoff();
        }
        // Whoever asks may be answering a peer's question himself, and gRPC would end ours together with that one. But
        // an
        // answer is shared by all who wait for it, and has a deadline of its own.
        Context asking = Context.ROOT.attach();
        try {
            ClientCall<byte[], byte[]> call = channel.newCall(
                    methods.get(method),
                    CallOptions.DEFAULT.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS));
            Answer answer = new Answer(method, call, silent);
            ClientCalls.asyncUnaryCall(call, request, answer);
            return answer;
        } finally {
            Context.ROOT.detach(asking);
        }
    }

    void close() {
        channel.shutdownNow();
    }

    /** Connects, if it is not connected yet, before anybody waits for it. */
    void connect() {
        channel.getState(true);
    }

    boolean isConnected() {
        return channel.getState(false) == ConnectivityState.READY;
    }

    /** Ends it once all that were asked have answered, or have failed to in their time. */
    void finish() {
        channel.shutdown();
    }

    /** An answer that is waited for. */
    private final class Answer extends CompletableFuture<byte[]> implements StreamObserver<byte[]> {

        private final PeerMethod method;
        private final ClientCall<byte[], byte[]> call;
        private final Runnable silent;

        Answer(PeerMethod method, ClientCall<byte[], byte[]> call, Runnable silent) {
            this.method = method;
            this.call = call;
            this.silent = silent;
        }

        @Override
        public void onNext(byte[] bytes) {
            lastAnswerNanos = System.nanoTime();
            complete(bytes);
        }

        @Override
        public void onError(Throwable error) {
            Status status = Status.fromThrowable(error);
            boolean overdue = status.getCode() == Status.Code.DEADLINE_EXCEEDED;
            // Its certificate has ended on the way, as the member sees it: the next connection shows the one of now.
            boolean isWornOut = status.getCode() == Status.Code.UNAUTHENTICATED;
            if (isWornOut || (overdue && System.nanoTime() - lastAnswerNanos > SILENCE_MAX.toNanos())) {
                silent.run();
            }
            completeExceptionally(new PeerException(
                    "member " + peer + " did not answer " + method.wireName() + ": " + status.getCode() + " "
                            + status.getDescription(),
                    isNotSent(status),
                    error));
        }

        @Override
        public void onCompleted() {
            // The answer came before; without one gRPC calls onError.
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled) {
                call.cancel("not waited for any more", null);
            }
            return cancelled;
        }
    }

    /** Refused connections, callers and methods, from which nothing can have been done. */
    private static boolean isNotSent(Status status) {
        if (status.getCode() == Status.Code.UNIMPLEMENTED || status.getCode() == Status.Code.UNAUTHENTICATED) {
            return true;
        }
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof SSLHandshakeException) {
                return true;
            }
        }
        return false;
    }
}
