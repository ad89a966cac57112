package io.rollcall.chaos.cluster;

import java.util.List;

/**
 * What lies around the nodes of a cluster, and can be made to fail under them: disks, links, clocks. Set up before the nodes
 * start, taken away after they ended. Healing and closing may happen more than once, and on another thread.
 */
public interface Surroundings extends AutoCloseable {

    /**
     * Sets up what all nodes need.
     *
     * @param addresses of the members, in the order of their ids
     */
    default void setUp(List<NodeAddress> addresses) {}

    /**
     * Changes how a node is started. Called once for each node, after {@link #setUp}.
     *
     * @param launch as planned so far
     * @return as planned from here on
     */
    NodeLaunch surround(NodeLaunch launch);

    /** Ends all faults, so that processes that hang in one can end. */
    default void heal() {}

    /**
     * Returns what a shell has to do in the place of {@link #close} if the driver is killed.
     *
     * @return one command a line, after which nothing is left that outlives the driver
     */
    default List<String> cleanUpCommands() {
        return List.of();
    }

    /** Takes everything away. The nodes have ended. */
    @Override
    void close();
}
