package io.rollcall.chaos.workload;

import io.rollcall.chaos.cluster.NodeProcess;
import java.net.URI;
import java.util.List;

/**
 * Where a node can be asked, whether it runs or not.
 *
 * @param node its id
 * @param http the address of its HTTP interface
 */
public record Door(String node, URI http) {

    /**
     * The doors of some nodes.
     *
     * @param nodes which
     * @return in the same order
     */
    public static List<Door> of(List<NodeProcess> nodes) {
        return nodes.stream().map(node -> new Door(node.id(), node.http())).toList();
    }
}
