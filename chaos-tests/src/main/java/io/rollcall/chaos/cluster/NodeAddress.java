package io.rollcall.chaos.cluster;

import java.net.URI;

/**
 * A member's name and where it listens; the same over all its restarts.
 *
 * @param id the member's id
 * @param host where it listens, for the driver
 * @param raftName the host under which the other members know it
 * @param httpPort of its HTTP interface
 * @param raftPort of its Raft interface
 */
public record NodeAddress(String id, String host, String raftName, int httpPort, int raftPort) {

    /** The host of members without an address of their own. */
    public static final String LOOPBACK = "127.0.0.1";

    /**
     * A member on the loopback.
     *
     * @param id the member's id
     * @param httpPort of its HTTP interface
     * @param raftPort of its Raft interface
     * @return its address
     */
    static NodeAddress onLoopback(String id, int httpPort, int raftPort) {
        return new NodeAddress(id, LOOPBACK, LOOPBACK, httpPort, raftPort);
    }

    /**
     * The same member, known to the others under a name.
     *
     * @param name which each of them resolves on its own
     * @return the address
     */
    public NodeAddress withRaftName(String name) {
        return new NodeAddress(id, host, name, httpPort, raftPort);
    }

    /**
     * The same member on a host of its own.
     *
     * @param ownHost an address of that host
     * @return the address
     */
    public NodeAddress withHost(String ownHost) {
        return new NodeAddress(id, ownHost, ownHost, httpPort, raftPort);
    }

    String httpListener() {
        return host + ":" + httpPort;
    }

    String raftListener() {
        return host + ":" + raftPort;
    }

    String asPeer() {
        return id + "=" + raftName + ":" + raftPort;
    }

    URI uri(boolean tls) {
        return URI.create((tls ? "https://" : "http://") + httpListener());
    }
}
