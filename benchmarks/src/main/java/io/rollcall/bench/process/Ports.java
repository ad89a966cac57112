package io.rollcall.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Free ports of the loopback interface. */
final class Ports {

    private Ports() {}

    /** Returns addresses that nobody listened on a moment ago, all different. */
    static List<InetSocketAddress> free(int count) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            var addresses = new ArrayList<InetSocketAddress>();
            for (var i = 0; i < count; i++) {
                var socket = new ServerSocket(0, 1, loopback);
                sockets.add(socket);
                addresses.add(new InetSocketAddress(loopback, socket.getLocalPort()));
            }
            return addresses;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on 127.0.0.1", e);
        } finally {
            for (var socket : sockets) {
                closeQuietly(socket);
            }
        }
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
