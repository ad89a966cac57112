package io.rollcall.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers who mean harm, on raw sockets. */
final class Hostile {

    private static final int TIMEOUT_MILLIS = 30_000;

    private Hostile() {}

    /**
     * What a node said.
     *
     * @param status 0 if it hung up without a word
     * @param text head and body
     */
    record Reply(int status, String text) {

        boolean hasHeader(String header) {
            int end = text.indexOf("\r\n\r\n");
            return end > 0 && text.substring(0, end).toLowerCase(Locale.ROOT).contains(header.toLowerCase(Locale.ROOT));
        }

        String body() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? "" : text.substring(end + 4);
        }
    }

    private static Socket connect(URI node) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(node.getHost(), node.getPort()), TIMEOUT_MILLIS);
        return socket;
    }

    /** Sends one request that says it is the last of its connection, and reads what comes. */
    static Reply send(URI node, String method, String target, String headers, byte[] body) {
        try (Socket socket = connect(node)) {
            String head = method + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers
                    + (body.length > 0 ? "Content-Length: " + body.length + "\r\n" : "") + "\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            return reply(socket.getInputStream());
        } catch (IOException e) {
            return new Reply(0, String.valueOf(e));
        }
    }

    private static Reply reply(InputStream input) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            input.transferTo(bytes);
        } catch (IOException e) {
            // It hung up: what came before counts.
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        return new Reply(text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : 0, text);
    }

    /**
     * Sends a body without an end in pieces of 64 KiB until the node hangs up or all is sent.
     *
     * @param chunked or by a length that is declared
     * @return how many bytes the node let it send
     */
    static long sendEndless(URI node, String path, long bytes, boolean chunked, StringBuilder answer) {
        byte[] piece = "x".repeat(64 * 1024).getBytes(StandardCharsets.ISO_8859_1);
        byte[] size = (Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        long sent = 0;
        try (Socket socket = connect(node)) {
            OutputStream out = socket.getOutputStream();
            String length = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + bytes;
            out.write(
                    ("PUT " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            try {
                while (sent < bytes && socket.getInputStream().available() == 0) {
                    if (chunked) {
                        out.write(size);
                    }
                    out.write(piece);
                    if (chunked) {
                        out.write('\r');
                        out.write('\n');
                    }
                    sent += piece.length;
                }
            } catch (IOException hungUp) {
                // As it should; the answer may be there all the same.
            }
            answer.append(reply(socket.getInputStream()).text());
        } catch (IOException e) {
            answer.append(e);
        }
        return sent;
    }

    /** Connections that send a byte of a head now and then, and begin anew when they are cut off. */
    static final class Slowloris implements AutoCloseable {

        private final List<Socket> sockets = new ArrayList<>();
        private final AtomicInteger cutOff = new AtomicInteger();
        private final List<URI> nodes;
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "slowloris");
            thread.setDaemon(true);
            return thread;
        });

        Slowloris(List<URI> nodes, int connections, Duration pause) {
            this.nodes = nodes;
            for (int i = 0; i < connections; i++) {
                sockets.add(open(i));
            }
            var unused = timer.scheduleWithFixedDelay(
                    this::sendAByteEach, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        }

        private Socket open(int i) {
            try {
                Socket socket = connect(nodes.get(i % nodes.size()));
                socket.getOutputStream()
                        .write("GET /api/v1/services HTTP/1.1\r\nX-Slow: ".getBytes(StandardCharsets.ISO_8859_1));
                return socket;
            } catch (IOException e) {
                throw new UncheckedIOException("a node takes no connections", e);
            }
        }

        private void sendAByteEach() {
            for (int i = 0; i < sockets.size(); i++) {
                Socket socket = sockets.get(i);
                try {
                    // A connection that was closed takes one more write; what there is to read shows it.
                    socket.setSoTimeout(1);
                    boolean isClosed = isAtEnd(socket);
                    if (isClosed) {
                        throw new IOException("cut off");
                    }
                    socket.getOutputStream().write('x');
                } catch (IOException e) {
                    cutOff.incrementAndGet();
                    closeQuietly(socket);
                    sockets.set(i, open(i));
                }
            }
        }

        private static boolean isAtEnd(Socket socket) throws IOException {
            try {
                return socket.getInputStream().read() < 0;
            } catch (java.net.SocketTimeoutException open) {
                return false;
            }
        }

        int cutOff() {
            return cutOff.get();
        }

        private static void closeQuietly(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone.
            }
        }

        @Override
        public void close() {
            timer.shutdownNow();
            sockets.forEach(Slowloris::closeQuietly);
        }
    }
}
