package io.rollcall.chaos.network;

import io.rollcall.chaos.cluster.Surroundings;
import java.util.List;

/**
 * A network between the nodes whose flows can be cut one by one. A flow is all that one node sends to another, on whichever
 * connection; so partitions of one direction, of both and of some nodes alone are combinations of cuts. Cutting what is cut
 * and restoring what is not changes nothing.
 *
 * <p>What the driver sends to the nodes always passes.
 */
public interface NodeNetwork extends Surroundings {

    /**
     * Returns the nodes that it joins.
     *
     * @return their ids, in their order
     */
    List<String> nodes();

    /**
     * Lets nothing pass any more. The connections stay, as where packets get lost.
     *
     * @param from the id of the sender
     * @param to the id of another node
     */
    void cut(String from, String to);

    /**
     * Lets pass what comes, and what was cut once it is sent again.
     *
     * @param from the id of the sender
     * @param to the id of another node
     */
    void restore(String from, String to);

    /**
     * Returns how much a cut has stopped so far; the proof that it hit something.
     *
     * @param from the id of the sender
     * @param to the id of another node
     * @return 0 or more, growing, in a unit of the network's own
     */
    long stopped(String from, String to);

    /**
     * Cuts both directions between two nodes.
     *
     * @param one the id of a node
     * @param other the id of another node
     */
    default void part(String one, String other) {
        cut(one, other);
        cut(other, one);
    }

    /**
     * Cuts a node off from all others, in both directions.
     *
     * @param node its id
     */
    default void isolate(String node) {
        mute(node);
        deafen(node);
    }

    /**
     * Cuts what a node sends; it still receives.
     *
     * @param node its id
     */
    default void mute(String node) {
        others(node).forEach(other -> cut(node, other));
    }

    /**
     * Cuts what a node receives; it can still send.
     *
     * @param node its id
     */
    default void deafen(String node) {
        others(node).forEach(other -> cut(other, node));
    }

    private List<String> others(String node) {
        return nodes().stream().filter(other -> !other.equals(node)).toList();
    }
}
