package io.rollcall.bench.etcd;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.rollcall.bench.watch.Arrivals;
import io.rollcall.bench.watch.MarkFinder;
import io.rollcall.bench.watch.Watchers;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Watches of etcd over gRPC: a stream for each, as of clients that know nothing of each other, on a few connections. */
public final class EtcdWatches implements Watchers {

    static final String SERVICE = "etcdserverpb.Watch";
    static final MethodDescriptor<byte[], byte[]> WATCH = GrpcBytes.method(MethodType.BIDI_STREAMING, SERVICE, "Watch");

    /** Watches that are begun at a time. */
    private static final int OPENING_MAX = 100;

    private static final long OPEN_SECONDS_MAX = 60;

    private final Arrivals arrivals;
    private final List<ManagedChannel> connections = new ArrayList<>();
    private final Semaphore opening = new Semaphore(OPENING_MAX);
    private final AtomicInteger lost = new AtomicInteger();
    private volatile boolean closed;

    /** What one watch is told. */
    private final class Watch implements StreamObserver<byte[]> {

        @Override
        public void onNext(byte[] response) {
            var now = System.nanoTime();
            if (WatchMessages.isCreated(response)) {
                opening.release();
                return;
            }
            if (WatchMessages.isCanceled(response)) {
                lost.incrementAndGet();
                return;
            }
            var mark = MarkFinder.last(response);
            if (mark >= 0) {
                arrivals.add(mark, now);
            }
        }

        @Override
        public void onError(Throwable cause) {
            if (!closed) {
                lost.incrementAndGet();
            }
        }

        @Override
        public void onCompleted() {
            if (!closed) {
                lost.incrementAndGet();
            }
        }
    }

    private EtcdWatches(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    /**
     * Begins watches, and waits until etcd has confirmed each.
     *
     * @param members where, in turn
     * @param connectionsEach HTTP/2 connections to each of them
     * @param prefixes of the keys that each watches, in turn; ASCII
     * @param count how many
     * @param arrivals takes what they are told
     * @return watching until closed
     */
    public static EtcdWatches open(
            List<InetSocketAddress> members, int connectionsEach, List<String> prefixes, int count, Arrivals arrivals) {
        var watches = new EtcdWatches(arrivals);
        try {
            for (var i = 0; i < connectionsEach * members.size(); i++) {
                watches.connections.add(GrpcBytes.connect(members.get(i % members.size())));
            }
            for (var i = 0; i < count; i++) {
                watches.take(1);
                watches.begin(i, prefixes.get(i % prefixes.size()));
            }
            watches.take(OPENING_MAX);
            return watches;
        } catch (RuntimeException e) {
            watches.close();
            throw e;
        }
    }

    @Override
    public int lost() {
        return lost.get();
    }

    @Override
    public void close() {
        closed = true;
        connections.forEach(ManagedChannel::shutdownNow);
    }

    private void begin(int number, String prefix) {
        var connection = connections.get(number % connections.size());
        var requests = ClientCalls.asyncBidiStreamingCall(connection.newCall(WATCH, CallOptions.DEFAULT), new Watch());
        requests.onNext(WatchMessages.create(prefix.getBytes(StandardCharsets.US_ASCII)));
    }

    private void take(int permits) {
        try {
            if (!opening.tryAcquire(permits, OPEN_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "a watch was not confirmed within " + OPEN_SECONDS_MAX + " s; " + lost + " were lost");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while watches were begun", e);
        }
    }
}
