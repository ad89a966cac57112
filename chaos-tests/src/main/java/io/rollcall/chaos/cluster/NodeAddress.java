package io.rollcall.chaos.cluster;

import java.net.URI;

/**
 * A member's name and where it listens; the same over all its restarts.
 *
 * @param id the member's id
 * @param httpPort on the loopback
 * @param raftPort on the loopback
 */
record NodeAddress(String id, int httpPort, int raftPort) {

    String httpListener() {
        return "127.0.0.1:" + httpPort;
    }

    String raftListener() {
        return "127.0.0.1:" + raftPort;
    }

    String asPeer() {
        return id + "=" + raftListener();
    }

    URI uri() {
        return URI.create("http://" + httpListener());
    }
}
