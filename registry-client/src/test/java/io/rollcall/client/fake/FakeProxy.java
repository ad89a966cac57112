package io.rollcall.client.fake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy that lets bytes through, and treats answers of the watch as those proxies do that know no streams. */
public final class FakeProxy implements AutoCloseable {

    /** What becomes of a stream. */
    public enum Streams {
        /** It comes through. */
        PASS,
        /** It is held back until it ends. */
        BUFFER,
        /** It is cut after its first bytes. */
        CUT
    }

    private final ServerSocket listening;
    private final URI node;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger watches = new AtomicInteger();

    /** How streams are treated. */
    public volatile Streams streams = Streams.PASS;

    public FakeProxy(String node) {
        this.node = URI.create(node);
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        executor.execute(this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** How many streams were asked for. */
    public int watches() {
        return watches.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(node.getHost(), node.getPort());
                sockets.add(client);
                sockets.add(server);
                Connection connection = new Connection(client, server);
                executor.execute(connection::requests);
                executor.execute(connection::answers);
            }
        } catch (IOException e) {
            close();
        }
    }

    private final class Connection {
        private final Socket client;
        private final Socket server;
        private volatile boolean isWatch;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void requests() {
            byte[] bytes = new byte[16 * 1024];
            try (client;
                    server) {
                InputStream in = client.getInputStream();
                OutputStream out = server.getOutputStream();
                for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
                    String text = new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
                    if (text.startsWith("GET /api/v1/watch")) {
                        watches.incrementAndGet();
                        isWatch = true;
                    }
                    out.write(bytes, 0, n);
                }
            } catch (IOException e) {
                // One of the two is gone: so is the connection.
                return;
            }
        }

        void answers() {
            byte[] bytes = new byte[16 * 1024];
            try (client;
                    server) {
                InputStream in = server.getInputStream();
                OutputStream out = client.getOutputStream();
                for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
                    if (!isWatch || streams != Streams.BUFFER) {
                        out.write(bytes, 0, n);
                    }
                    if (isWatch && streams == Streams.CUT) {
                        return;
                    }
                }
            } catch (IOException e) {
                // One of the two is gone: so is the connection.
                return;
            }
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            listening.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
