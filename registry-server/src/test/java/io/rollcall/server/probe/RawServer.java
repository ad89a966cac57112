package io.rollcall.server.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that does with each connection what a test wants, on a thread of its own. */
final class RawServer implements AutoCloseable {

    /** What happens on a connection. */
    interface Conversation {
        void with(Socket socket, int number) throws Exception;
    }

    private final ServerSocket listener;
    private final AtomicInteger connections = new AtomicInteger();

    RawServer(Conversation conversation) throws IOException {
        this("127.0.0.1", conversation);
    }

    RawServer(String address, Conversation conversation) throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getByName(address));
        daemon(() -> accept(conversation));
    }

    private void accept(Conversation conversation) {
        try {
            while (true) {
                var socket = listener.accept();
                var number = connections.incrementAndGet();
                daemon(() -> {
                    try (socket) {
                        conversation.with(socket, number);
                    } catch (Exception e) {
                        // The probe hung up, which is what it does when it has seen enough.
                    }
                });
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads one request head. */
    static String readHead(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
