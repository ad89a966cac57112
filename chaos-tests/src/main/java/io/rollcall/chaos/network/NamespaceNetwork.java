package io.rollcall.chaos.network;

import io.rollcall.chaos.cluster.NodeAddress;
import io.rollcall.chaos.cluster.NodeLaunch;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network of the kernel: each node in a namespace of its own, joined by a bridge, where packets are really lost. It takes
 * root, {@code ip} and {@code iptables}; {@link #missing} tells. A driver has one of them at a time. Thread-safe.
 *
 * <p>Packets are dropped where they arrive. As acknowledgements are packets, too, a cut of one direction soon stops the other
 * one, once the sender's window is full.
 */
public final class NamespaceNetwork implements NodeNetwork {

    private static final Logger LOG = LoggerFactory.getLogger(NamespaceNetwork.class);

    /** The bridge has a namespace, too: in that of the driver it would be subject to the firewall of the machine. */
    private static final String SWITCH = "switch";

    /** A chain for each sender that drops what a cut sends to it, and stays when the cut ends, so that it goes on counting. */
    private static final String CUT = "cut-";

    /** The same for what is lost at random. */
    private static final String LOST = "lost-";

    private record Link(String from, String to) {}

    private final long driver = ProcessHandle.current().pid();
    private final Map<String, Namespace> namespaces = new LinkedHashMap<>();
    private final Map<String, String> hosts = new LinkedHashMap<>();
    private final Set<Link> cuts = new LinkedHashSet<>();
    private final Map<Link, String> losses = new LinkedHashMap<>();
    private final Thread atExit = new Thread(this::takeAway, "namespaces-at-exit");

    private NamespaceNetwork() {}

    /**
     * Tells why there can be no such network here, found out by trying.
     *
     * @return what failed; empty if there can be one
     */
    public static Optional<String> missing() {
        return Namespace.missing(ProcessHandle.current().pid());
    }

    /**
     * A network without faults.
     *
     * @return the network, for one cluster
     */
    public static NamespaceNetwork create() {
        return new NamespaceNetwork();
    }

    @Override
    public synchronized void setUp(List<NodeAddress> addresses) {
        if (!namespaces.isEmpty()) {
            throw new IllegalStateException("a network is for one cluster");
        }
        Namespace.deleteLeftovers(driver);
        Runtime.getRuntime().addShutdownHook(atExit);
        String prefix = Subnets.free();
        Namespace bridge = add(SWITCH);
        bridge.ip("link add bridge type bridge");
        bridge.ip("link set bridge up");
        for (int i = 0; i < addresses.size(); i++) {
            String id = addresses.get(i).id();
            String host = prefix + "." + (i + 1);
            Namespace node = add(id);
            bridge.ip("link add port" + i + " type veth peer name eth0 netns " + node.name());
            bridge.ip("link set port" + i + " master bridge up");
            node.ip("addr add " + host + "/24 dev eth0");
            node.ip("link set eth0 up");
            hosts.put(id, host);
        }
        hosts.keySet().forEach(this::addChains);
        bridge.ip("link add driver type veth peer name " + driverInterface() + " netns " + driver);
        bridge.ip("link set driver master bridge up");
        ip("addr add " + prefix + ".254/24 dev " + driverInterface());
        ip("link set " + driverInterface() + " up");
    }

    private void addChains(String node) {
        for (String other : hosts.keySet()) {
            if (!other.equals(node)) {
                namespace(node).addDroppingChain(CUT + other);
                namespace(node).addDroppingChain(LOST + other);
            }
        }
    }

    private Namespace add(String part) {
        Namespace namespace = Namespace.of(driver, part);
        namespaces.put(part, namespace);
        namespace.add();
        return namespace;
    }

    /** At most 15 characters. */
    private String driverInterface() {
        return "rc" + driver;
    }

    @Override
    public synchronized NodeLaunch surround(NodeLaunch launch) {
        String id = launch.address().id();
        return launch.withAddress(launch.address().withHost(host(id)))
                .withPrefix(namespace(id).prefix())
                // Its address is none of the loopback, where neither TLS nor tokens would be asked for.
                .withEnvironment("ROLLCALL_INSECURE", "true")
                .withEnvironment("ROLLCALL_ACL_DEFAULT", "allow");
    }

    @Override
    public synchronized List<String> nodes() {
        return List.copyOf(hosts.keySet());
    }

    @Override
    public synchronized void cut(String from, String to) {
        if (cuts.add(new Link(from, to))) {
            namespace(to).iptables("-I INPUT " + cutRule(from));
        }
    }

    @Override
    public synchronized void restore(String from, String to) {
        if (cuts.remove(new Link(from, to))) {
            namespace(to).iptables("-D INPUT " + cutRule(from));
        }
    }

    private String cutRule(String from) {
        return "-s " + host(from) + " -j " + CUT + from;
    }

    /**
     * Loses packets at random.
     *
     * @param from the id of the sender
     * @param to the id of another node
     * @param probability of each packet, 0 to 1; 0 ends it
     */
    public synchronized void lose(String from, String to, double probability) {
        Link link = new Link(from, to);
        String before = losses.remove(link);
        if (before != null) {
            namespace(to).iptables("-D INPUT " + before);
        }
        if (probability > 0) {
            String rule = String.format(
                    Locale.ROOT,
                    "-s %s -m statistic --mode random --probability %.3f -j %s%s",
                    host(from),
                    probability,
                    LOST,
                    from);
            namespace(to).iptables("-A INPUT " + rule);
            losses.put(link, rule);
        }
    }

    @Override
    public synchronized long stopped(String from, String to) {
        return namespace(to).packets(CUT + from);
    }

    /**
     * Returns how many packets were lost at random.
     *
     * @param from the id of the sender
     * @param to the id of another node
     * @return 0 or more, growing
     */
    public synchronized long lost(String from, String to) {
        return namespace(to).packets(LOST + from);
    }

    @Override
    public synchronized void heal() {
        List.copyOf(cuts).forEach(link -> restore(link.from, link.to));
        List.copyOf(losses.keySet()).forEach(link -> lose(link.from, link.to, 0));
    }

    @Override
    public void close() {
        takeAway();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException inShutdown) {
            LOG.atDebug().setCause(inShutdown).log("closed while the driver ends");
        }
    }

    private synchronized void takeAway() {
        if (namespaces.isEmpty()) {
            return;
        }
        try {
            // Goes with the namespace of the bridge, too, but some time later.
            ip("link del " + driverInterface());
        } catch (IllegalStateException e) {
            LOG.atDebug().setCause(e).log("the driver's interface is not there");
        }
        namespaces.values().forEach(Namespace::delete);
        // What was in them went with them.
        cuts.clear();
        losses.clear();
        namespaces.clear();
    }

    private static void ip(String arguments) {
        List<String> printed = SystemCommand.run("ip " + arguments);
        LOG.atTrace().addKeyValue("printed", printed).log("ip {}", arguments);
    }

    private Namespace namespace(String node) {
        return require(namespaces, node);
    }

    private String host(String node) {
        return require(hosts, node);
    }

    private static <T> T require(Map<String, T> known, String node) {
        T found = known.get(node);
        if (found == null) {
            throw new IllegalArgumentException("no node " + node + " in " + known.keySet());
        }
        return found;
    }
}
