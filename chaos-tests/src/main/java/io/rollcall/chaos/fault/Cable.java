package io.rollcall.chaos.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way from one program to one node that carries everything until it is cut. Who is cut off is to the node as if it had
 * been killed: its connections end, and it says nothing more. Thread-safe.
 */
public final class Cable implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cable.class);
    private static final int BACKLOG = 50;

    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "cable");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /**
     * A cable whose near end listens on the loopback.
     *
     * @param node the node's HTTP address
     */
    public Cable(URI node) {
        this.target = new InetSocketAddress(node.getHost(), node.getPort());
        try {
            this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen", e);
        }
        threads.execute(this::accept);
    }

    /**
     * Returns the address of its near end.
     *
     * @return on the loopback
     */
    public URI http() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket near = listener.accept();
                open.add(near);
                threads.execute(() -> carry(near));
            }
        } catch (IOException | RejectedExecutionException cut) {
            LOG.atTrace().setCause(cut).log("cut");
        } finally {
            endAll();
        }
    }

    private void carry(Socket near) {
        try (near;
                Socket far = new Socket()) {
            open.add(far);
            // The kernel may accept one more connection while the cable is cut.
            if (listener.isClosed()) {
                return;
            }
            far.setTcpNoDelay(true);
            near.setTcpNoDelay(true);
            far.connect(target);
            threads.execute(() -> carry(far, near));
            carry(near, far);
        } catch (IOException | RuntimeException broken) {
            LOG.atDebug().setCause(broken).log("a connection ended");
        } finally {
            open.remove(near);
        }
    }

    /** One direction, until it ends; both end with it. */
    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            LOG.atTrace().setCause(broken).log("a direction ended");
        } finally {
            open.remove(from);
        }
    }

    /** Cuts it for good. */
    @Override
    public void close() {
        cut();
    }

    /** Ends all connections, and lets no other come about; again has no effect. */
    public void cut() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot cut", e);
        } finally {
            endAll();
            threads.shutdownNow();
        }
    }

    private void endAll() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.atDebug().setCause(e).log("a connection ended badly");
            }
        }
    }
}
