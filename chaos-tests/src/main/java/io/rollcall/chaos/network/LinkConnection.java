package io.rollcall.chaos.network;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection over a link, of two directions. It is over when both have ended, or when a reset came through. */
final class LinkConnection {

    private static final Logger LOG = LoggerFactory.getLogger(LinkConnection.class);

    private final SocketChannel client;
    private final SocketChannel server;
    private final Pipe there;
    private final Pipe back;
    private final Consumer<LinkConnection> whenOver;
    private final AtomicInteger openDirections = new AtomicInteger(2);

    // Guarded by this.
    private final List<Future<?>> tasks = new ArrayList<>();
    private boolean over;

    LinkConnection(
            SocketChannel client, SocketChannel server, Flow there, Flow back, Consumer<LinkConnection> whenOver) {
        this.client = client;
        this.server = server;
        this.there = new Pipe(there, client, server);
        this.back = new Pipe(back, server, client);
        this.whenOver = whenOver;
    }

    /** Begins to carry; {@code early} is what the client has sent already. */
    synchronized void begin(ExecutorService threads, ByteBuffer early) {
        if (over) {
            return;
        }
        if (early.hasRemaining()) {
            there.send(early);
        }
        tasks.add(threads.submit(() -> takeIn(there)));
        tasks.add(threads.submit(() -> takeIn(back)));
        tasks.add(threads.submit(() -> handOut(there, back)));
        tasks.add(threads.submit(() -> handOut(back, there)));
    }

    private void takeIn(Pipe pipe) {
        try {
            pipe.takeIn();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("flow", pipe.name()).setCause(e).log("a link failed by itself");
            abort();
        }
    }

    private void handOut(Pipe pipe, Pipe opposite) {
        try {
            pipe.handOut(this::directionEnded);
            abort();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (ClosedChannelException over) {
            LOG.atTrace().addKeyValue("flow", pipe.name()).log("connection is over");
        } catch (IOException receiverGone) {
            // Its host tells the sender so by a reset, which has to pass the other flow.
            opposite.reset();
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("flow", pipe.name()).setCause(e).log("a link failed by itself");
            abort();
        }
    }

    private void directionEnded() {
        if (openDirections.decrementAndGet() == 0) {
            finish();
        }
    }

    /** Resets the connection at both ends, whatever is under way. */
    void abort() {
        resetAtClose(client);
        resetAtClose(server);
        finish();
    }

    private void finish() {
        synchronized (this) {
            over = true;
            tasks.forEach(task -> task.cancel(true));
        }
        close(client);
        close(server);
        whenOver.accept(this);
    }

    /** Resets a connection at one end. */
    static void abort(SocketChannel channel) {
        resetAtClose(channel);
        close(channel);
    }

    private static void resetAtClose(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException closed) {
            LOG.atTrace().setCause(closed).log("closed already");
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("closing failed");
        }
    }
}
