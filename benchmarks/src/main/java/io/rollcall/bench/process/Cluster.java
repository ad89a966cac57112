package io.rollcall.bench.process;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Members of one cluster, on loopback, each a process. Members are counted from 0. */
public interface Cluster extends AutoCloseable {

    /** Returns the HTTP addresses, in the order of the members. */
    List<InetSocketAddress> addresses();

    /** Returns the member that all say leads; waits a while for one. */
    int leader();

    /**
     * Kills a member as {@code kill -9} does.
     *
     * @param member which
     */
    void kill(int member);

    /**
     * Starts a killed member again on its own data, and waits until it serves.
     *
     * @param member which
     */
    void restart(int member);

    /** Returns the processor time that the running members used. */
    Duration cpu();

    /** Returns the first member that does not lead. */
    default int follower() {
        var leader = leader();
        return leader == 0 ? 1 : 0;
    }

    /**
     * Returns one address.
     *
     * @param member which
     * @return where it serves
     */
    default InetSocketAddress address(int member) {
        return addresses().get(member);
    }

    @Override
    void close();
}
