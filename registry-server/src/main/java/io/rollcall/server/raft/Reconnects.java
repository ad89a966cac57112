package io.rollcall.server.raft;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;

/**
 * Has Ratis connect anew to members that are silent. Its own connections have no keepalive: after a cut they wait for TCP to
 * try again, which it does later and later, up to two minutes; and entries and requests for votes wait with them.
 */
final class Reconnects implements AutoCloseable {

    /** One for each other member of the largest cluster. */
    private static final int THREADS_MAX = 8;

    private final Supplier<RaftServer> server;

    // Closing a connection of Ratis can block for seconds. Whoever finds no thread free is told of the silence again.
    private final ExecutorService threads;

    Reconnects(Supplier<RaftServer> server, ThreadFactory factory) {
        this.server = server;
        this.threads = new ThreadPoolExecutor(
                0,
                THREADS_MAX,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                factory,
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Begins to reconnect; does not block. */
    void reconnect(String peer) {
        threads.execute(() -> server.get()
                .getServerRpc()
                .handleException(RaftPeerId.valueOf(peer), new IOException(peer + " is silent"), true));
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
