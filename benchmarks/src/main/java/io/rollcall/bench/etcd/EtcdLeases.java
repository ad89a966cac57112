package io.rollcall.bench.etcd;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.ClientCalls;
import io.rollcall.bench.load.LoadResult;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** Leases of one member of etcd, granted and kept alive over gRPC. Used by one thread. */
public final class EtcdLeases implements AutoCloseable {

    static final String SERVICE = "etcdserverpb.Lease";
    static final MethodDescriptor<byte[], byte[]> GRANT = GrpcBytes.method(MethodType.UNARY, SERVICE, "LeaseGrant");
    static final MethodDescriptor<byte[], byte[]> KEEP_ALIVE =
            GrpcBytes.method(MethodType.BIDI_STREAMING, SERVICE, "LeaseKeepAlive");

    private static final int GRANTS_AT_ONCE = 100;
    private static final Duration DRAIN_MAX = Duration.ofSeconds(15);

    private final List<ManagedChannel> connections;

    private EtcdLeases(List<ManagedChannel> connections) {
        this.connections = connections;
    }

    /**
     * Opens connections.
     *
     * @param member the client address of a member
     * @param connections HTTP/2 connections, which streams are spread over
     * @return open until closed
     */
    public static EtcdLeases connect(InetSocketAddress member, int connections) {
        return new EtcdLeases(IntStream.range(0, connections)
                .mapToObj(i -> GrpcBytes.connect(member))
                .toList());
    }

    /**
     * Grants leases, through etcd's log.
     *
     * @param firstId id of the first, more than 0; the others follow
     * @param count how many
     * @param ttl whole seconds
     * @throws IllegalStateException if etcd refuses one
     */
    public void grant(long firstId, int count, Duration ttl) {
        for (var from = 0; from < count; from += GRANTS_AT_ONCE) {
            var running = new ArrayList<Future<byte[]>>();
            for (var n = from; n < Math.min(count, from + GRANTS_AT_ONCE); n++) {
                var call = connections.get(0).newCall(GRANT, CallOptions.DEFAULT);
                running.add(ClientCalls.futureUnaryCall(call, LeaseMessages.grant(firstId + n, ttl.toSeconds())));
            }
            running.forEach(EtcdLeases::requireGranted);
        }
    }

    /**
     * Keeps leases alive in a closed loop: the answer to a message lets its stream send the next.
     *
     * @param streams spread over the connections
     * @param outstanding messages in flight on each stream
     * @param leases gives the next lease's id; asked by several threads
     * @param time how long messages are sent
     * @return what it came to
     */
    public LoadResult keepAlive(int streams, int outstanding, LongSupplier leases, Duration time) {
        var running = new ArrayList<KeepAliveStream>();
        for (var i = 0; i < streams; i++) {
            var stream = new KeepAliveStream(leases, time);
            var connection = connections.get(i % connections.size());
            ClientCalls.asyncBidiStreamingCall(connection.newCall(KEEP_ALIVE, CallOptions.DEFAULT), stream);
            running.add(stream);
        }
        running.forEach(stream -> stream.begin(outstanding));
        return running.stream()
                .map(stream -> stream.result(DRAIN_MAX))
                .reduce(LoadResult::plus)
                .orElseThrow();
    }

    @Override
    public void close() {
        connections.forEach(ManagedChannel::shutdownNow);
    }

    private static void requireGranted(Future<byte[]> running) {
        try {
            running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while leases were granted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("etcd granted no lease", e.getCause());
        }
    }
}
