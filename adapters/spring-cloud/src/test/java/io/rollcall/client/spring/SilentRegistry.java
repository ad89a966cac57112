package io.rollcall.client.spring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A registry that takes connections and never says anything. */
final class SilentRegistry implements AutoCloseable {

    private final ServerSocket socket;

    SilentRegistry() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
