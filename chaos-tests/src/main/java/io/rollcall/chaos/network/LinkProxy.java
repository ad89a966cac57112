package io.rollcall.chaos.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link on which one node opens connections to another: what it sends is part of one flow, what it gets back part of the
 * opposite one. Thread-safe.
 *
 * <p>A connection takes both flows to be made. While one of them is cut the caller is left without a byte, and a caller that
 * gave up meanwhile has never been there. Other than on a real network its own host has answered it already; and where the
 * node does not listen, it is reset in place of being refused.
 */
final class LinkProxy implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LinkProxy.class);

    /** Callers that wait to be accepted. */
    private static final int BACKLOG = 64;

    /** Small, so that a caller soon feels that a line is slow. */
    private static final int RECEIVE_BUFFER_BYTES = 64 * 1024;

    private final InetSocketAddress target;
    private final Flow there;
    private final Flow back;
    private final ServerSocketChannel listener;
    private final ExecutorService threads;
    private final Set<LinkConnection> connections = ConcurrentHashMap.newKeySet();

    /**
     * A link that is open.
     *
     * @param listen the address at which the caller finds the node
     * @param target where the node listens
     * @param there what the caller sends
     * @param back what it gets back
     */
    LinkProxy(InetSocketAddress listen, InetSocketAddress target, Flow there, Flow back) {
        this.target = target;
        this.there = there;
        this.back = back;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "link-" + there.name());
            thread.setDaemon(true);
            return thread;
        });
        try {
            this.listener = ServerSocketChannel.open()
                    .setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
                    .bind(listen, BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen at " + listen + " for link " + there.name(), e);
        }
        threads.execute(this::accept);
    }

    /** How many connections there are. */
    int connections() {
        return connections.size();
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                hand(listener.accept());
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void hand(SocketChannel client) {
        try {
            threads.execute(() -> establish(client));
        } catch (RejectedExecutionException closed) {
            // It came while the link was being closed.
            LinkConnection.abort(client);
        }
    }

    private void establish(SocketChannel client) {
        try {
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean waited = awaitHandshake();
            ByteBuffer early = ByteBuffer.allocate(Pipe.CHUNK_BYTES_MAX);
            if (waited && hasGivenUp(client, early)) {
                LinkConnection.abort(client);
                return;
            }
            SocketChannel server = SocketChannel.open(target);
            server.setOption(StandardSocketOptions.TCP_NODELAY, true);
            carry(new LinkConnection(client, server, there, back, connections::remove), early.flip());
        } catch (InterruptedException closed) {
            LinkConnection.abort(client);
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("link", there.name()).setCause(e).log("no connection");
            LinkConnection.abort(client);
        }
    }

    private void carry(LinkConnection connection, ByteBuffer early) {
        connections.add(connection);
        try {
            connection.begin(threads, early);
        } catch (RejectedExecutionException closed) {
            connection.abort();
        }
    }

    private boolean awaitHandshake() throws InterruptedException {
        boolean waited = false;
        long calledNanos = System.nanoTime();
        if (there.isCut()) {
            there.countHeldConnection();
        } else if (back.isCut()) {
            back.countHeldConnection();
        }
        while (there.isCut() || back.isCut()) {
            waited = true;
            there.awaitOpen();
            back.awaitOpen();
            Retransmission.awaitNext(calledNanos, Retransmission.FIRST_OF_HANDSHAKE_MILLIS);
        }
        return waited;
    }

    private static boolean hasGivenUp(SocketChannel client, ByteBuffer early) throws IOException {
        client.configureBlocking(false);
        int read = 1;
        while (read > 0 && early.hasRemaining()) {
            read = client.read(early);
        }
        client.configureBlocking(true);
        return read < 0;
    }

    /** Resets all connections at both ends. */
    void resetConnections() {
        connections.forEach(LinkConnection::abort);
    }

    /** Listens no more and resets all connections. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("link", there.name()).setCause(e).log("closing failed");
        }
        resetConnections();
        threads.shutdownNow();
    }
}
