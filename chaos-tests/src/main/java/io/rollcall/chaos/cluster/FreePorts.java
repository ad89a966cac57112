package io.rollcall.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Ports of the loopback that nobody listens on.
 *
 * <p>They lie below the range that the kernel gives to outgoing connections (32768 and up): a node that is down for a
 * while would else find its port taken by somebody's connection, or be met by a peer's retry that connected to itself.
 */
public final class FreePorts {

    private static final int LOWEST = 15_000;
    private static final int BEYOND_HIGHEST = 32_000;
    private static final int ATTEMPTS_MAX = 1_000;

    private FreePorts() {}

    /**
     * Finds ports.
     *
     * @param count how many
     * @return distinct, free a moment ago
     */
    public static List<Integer> find(int count) {
        SplittableRandom random = new SplittableRandom();
        List<ServerSocket> held = new ArrayList<>();
        Set<Integer> ports = new LinkedHashSet<>();
        try {
            for (int attempt = 0; attempt < ATTEMPTS_MAX && ports.size() < count; attempt++) {
                int port = random.nextInt(LOWEST, BEYOND_HIGHEST);
                ServerSocket socket = new ServerSocket();
                held.add(socket);
                if (binds(socket, port)) {
                    ports.add(port);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a socket", e);
        } finally {
            held.forEach(FreePorts::close);
        }
        if (ports.size() < count) {
            throw new IllegalStateException(
                    "found only " + ports.size() + " of " + count + " free ports in " + ATTEMPTS_MAX + " attempts");
        }
        return List.copyOf(ports);
    }

    private static boolean binds(ServerSocket socket, int port) {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot release a port", e);
        }
    }
}
