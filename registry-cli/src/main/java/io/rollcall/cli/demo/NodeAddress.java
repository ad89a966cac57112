package io.rollcall.cli.demo;

/**
 * Where one node listens, on loopback.
 *
 * @param id the member's id
 * @param httpPort for clients
 * @param raftPort for the other nodes
 */
record NodeAddress(String id, int httpPort, int raftPort) {

    private static final String HOST = "127.0.0.1";

    String http() {
        return HOST + ":" + httpPort;
    }

    String raft() {
        return HOST + ":" + raftPort;
    }

    String url() {
        return "http://" + http();
    }
}
