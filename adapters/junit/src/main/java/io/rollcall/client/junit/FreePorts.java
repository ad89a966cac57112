package io.rollcall.client.junit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Ports of the loopback that nobody listens on.
 *
 * <p>They lie below the range that kernels give to outgoing connections: a node that is down for a while would else find
 * its port taken by somebody's connection.
 */
final class FreePorts {

    private static final int LOWEST = 15_000;
    private static final int BEYOND_HIGHEST = 32_000;
    private static final int ATTEMPTS_MAX = 1_000;

    private FreePorts() {}

    /** Distinct ports, free a moment ago. */
    static List<Integer> find(int count) {
        SplittableRandom random = new SplittableRandom();
        Set<Integer> ports = new LinkedHashSet<>();
        for (int attempt = 0; attempt < ATTEMPTS_MAX && ports.size() < count; attempt++) {
            int port = random.nextInt(LOWEST, BEYOND_HIGHEST);
            if (isFree(port)) {
                ports.add(port);
            }
        }
        if (ports.size() < count) {
            throw new IllegalStateException(
                    "found only " + ports.size() + " of " + count + " free ports in " + ATTEMPTS_MAX + " attempts");
        }
        return List.copyOf(ports);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
