package io.rollcall.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback for members that are started later than they are named.
 *
 * <p>They lie below the range that the kernel gives to outgoing connections (32768 and up): a member that is not up yet
 * would else find its port taken by somebody's connection, or by a peer's attempt that connected to itself.
 */
public final class FreePort {

    private static final int FROM = 10_000;
    private static final int BELOW = 32_000;
    private static final int ATTEMPTS = 1_000;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** A port that nobody listens on and that was not given before. */
    public static int next() throws IOException {
        IOException last = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(FROM, BELOW);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (GIVEN.add(port)) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IOException("no free port among " + ATTEMPTS + " of " + FROM + " to " + BELOW, last);
    }
}
