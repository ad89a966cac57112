package io.rollcall.chaos.network;

import io.rollcall.chaos.cluster.NodeAddress;
import io.rollcall.chaos.cluster.NodeLaunch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A network of a proxy for each pair of nodes and direction, for Raft and what else uses its port. It takes no rights: each
 * node gets a file of hosts of its own, in which the others' names stand for proxies. Thread-safe.
 *
 * <p>What a cut has swallowed is delivered after its end when TCP would send it again: the longer the cut was the later, up
 * to as long after its end as it had lasted. So a node that waits for an old connection is away for longer than the cut.
 */
public final class LinkedNetwork implements NodeNetwork {

    private record Link(String from, String to) {}

    private final SplittableRandom random;
    private final Map<Link, Flow> flows = new LinkedHashMap<>();
    private final Map<Link, LinkProxy> proxies = new LinkedHashMap<>();
    private final List<Path> hosts = new ArrayList<>();
    private List<NodeAddress> addresses = List.of();

    private LinkedNetwork(SplittableRandom random) {
        this.random = random;
    }

    /**
     * A network without faults.
     *
     * @param random decides what is lost, and how late the rest is
     * @return the network, for one cluster
     */
    public static LinkedNetwork create(SplittableRandom random) {
        return new LinkedNetwork(random);
    }

    @Override
    public synchronized void setUp(List<NodeAddress> members) {
        if (!addresses.isEmpty()) {
            throw new IllegalStateException("a network is for one cluster");
        }
        addresses = List.copyOf(members);
        for (NodeAddress from : addresses) {
            others(from).forEach(to -> flows.put(link(from, to), new Flow(from.id(), to.id(), random.split())));
        }
        for (NodeAddress from : addresses) {
            for (NodeAddress to : others(from)) {
                proxies.put(link(from, to), proxy(from, to));
            }
        }
    }

    private LinkProxy proxy(NodeAddress from, NodeAddress to) {
        return new LinkProxy(
                new InetSocketAddress(proxyHost(from, to), to.raftPort()),
                new InetSocketAddress(to.host(), to.raftPort()),
                flow(from.id(), to.id()),
                flow(to.id(), from.id()));
    }

    /** All of 127/8 is the loopback, so that the port can be the node's own. */
    private String proxyHost(NodeAddress from, NodeAddress to) {
        return "127." + (1 + addresses.indexOf(from)) + "." + (1 + addresses.indexOf(to)) + ".1";
    }

    @Override
    public synchronized NodeLaunch surround(NodeLaunch launch) {
        NodeAddress node = addresses.stream()
                .filter(address -> address.id().equals(launch.address().id()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not set up for " + launch.address()));
        return launch.withAddress(launch.address().withRaftName(name(node)))
                .withJvmOptions("-Djdk.net.hosts.file=" + writeHosts(node));
    }

    private Path writeHosts(NodeAddress node) {
        List<String> lines =
                new ArrayList<>(List.of(NodeAddress.LOOPBACK + " localhost", node.host() + " " + name(node)));
        others(node).forEach(other -> lines.add(proxyHost(node, other) + " " + name(other)));
        try {
            Path file = Files.createTempFile("hosts-" + node.id() + "-", "");
            hosts.add(file);
            return Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the hosts of " + node.id(), e);
        }
    }

    @Override
    public synchronized List<String> nodes() {
        return addresses.stream().map(NodeAddress::id).toList();
    }

    @Override
    public void cut(String from, String to) {
        flow(from, to).setCut(true);
    }

    @Override
    public void restore(String from, String to) {
        flow(from, to).setCut(false);
    }

    @Override
    public long stopped(String from, String to) {
        FlowCounters counters = counters(from, to);
        return counters.heldBytes() + counters.heldConnections();
    }

    /**
     * Changes how poor a flow is, for what is sent from now on.
     *
     * @param from the id of the sender
     * @param to the id of another node
     * @param shape its shape until it is changed or healed
     */
    public void shape(String from, String to, Shape shape) {
        flow(from, to).setShape(shape);
    }

    /**
     * Changes how poor all flows are.
     *
     * @param shape their shape until it is changed or healed
     */
    public synchronized void shapeAll(Shape shape) {
        flows.values().forEach(flow -> flow.setShape(shape));
    }

    /**
     * Returns what has happened to a flow.
     *
     * @param from the id of the sender
     * @param to the id of another node
     * @return the counters
     */
    public FlowCounters counters(String from, String to) {
        return flow(from, to).counters();
    }

    /**
     * Resets all connections between two nodes, whoever opened them, as a firewall does that has forgotten them.
     *
     * @param one the id of a node
     * @param other the id of another node
     */
    public synchronized void resetConnections(String one, String other) {
        proxies.forEach((link, proxy) -> {
            if (link.equals(new Link(one, other)) || link.equals(new Link(other, one))) {
                proxy.resetConnections();
            }
        });
    }

    /** Ends all cuts and shapes; what is delayed already stays so. */
    @Override
    public synchronized void heal() {
        flows.values().forEach(flow -> {
            flow.setShape(Shape.CLEAR);
            flow.setCut(false);
        });
    }

    /** Resets all connections that a cut holds up and ends all cuts and shapes, so that nothing held is delivered. */
    public synchronized void healByReset() {
        proxies.forEach((link, proxy) -> {
            if (flow(link.from, link.to).isCut() || flow(link.to, link.from).isCut()) {
                proxy.resetConnections();
            }
        });
        heal();
    }

    @Override
    public synchronized void close() {
        proxies.values().forEach(LinkProxy::close);
        for (Path file : hosts) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + file, e);
            }
        }
    }

    private synchronized Flow flow(String from, String to) {
        Flow flow = flows.get(new Link(from, to));
        if (flow == null) {
            throw new IllegalArgumentException("no flow from " + from + " to " + to + " in " + flows.keySet());
        }
        return flow;
    }

    private List<NodeAddress> others(NodeAddress node) {
        return addresses.stream().filter(other -> !other.equals(node)).toList();
    }

    private static Link link(NodeAddress from, NodeAddress to) {
        return new Link(from.id(), to.id());
    }

    private static String name(NodeAddress node) {
        return node.id() + ".rollcall.test";
    }
}
