package io.rollcall.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Looks for ports that somebody else listens on, before anything is started. */
final class Ports {

    private Ports() {}

    static void requireFree(List<NodeAddress> nodes) throws DemoException {
        List<String> taken = new ArrayList<>();
        for (NodeAddress node : nodes) {
            if (!isFree(node.httpPort())) {
                taken.add(node.httpPort() + " (HTTP of " + node.id() + ")");
            }
            if (!isFree(node.raftPort())) {
                taken.add(node.raftPort() + " (Raft of " + node.id() + ")");
            }
        }
        if (!taken.isEmpty()) {
            throw new DemoException("in use on 127.0.0.1: " + String.join(", ", taken)
                    + ". Stop what listens there, or choose other ports with --port and --raft-port.");
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // Connections of a node that just ended linger, and do not matter.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
