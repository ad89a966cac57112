package io.rollcall.chaos.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Paths;
import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster of node processes. Whatever happens to the driver, its nodes end with it, frozen ones too, and what surrounds
 * them is taken away.
 */
public final class ClusterProcess implements AutoCloseable {

    /** How long a cluster may take from its start to serving, on a machine that does much else. */
    public static final Duration START_LIMIT = Duration.ofSeconds(90);

    private static final Logger LOG = LoggerFactory.getLogger(ClusterProcess.class);
    private static final int PORTS_PER_NODE = 2;

    private final List<NodeProcess> nodes;
    private final List<Surroundings> surroundings;
    private final Guardian guardian;
    private final Thread atExit = new Thread(this::discardAll, "cluster-at-exit");

    private ClusterProcess(ClusterOptions options, List<NodeLaunch> launches) {
        this.surroundings = options.surroundings();
        this.guardian = new Guardian(options.folder());
        String peers =
                launches.stream().map(launch -> launch.address().asPeer()).collect(Collectors.joining(","));
        ServerInstallation installation = ServerInstallation.locate();
        this.nodes = launches.stream()
                .map(launch ->
                        new NodeProcess(launch, options.folder(), installation.command(launch, peers), this::guard))
                .toList();
        LOG.atInfo()
                .addKeyValue("folder", options.folder())
                .addKeyValue("peers", peers)
                .log("cluster prepared");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts a cluster and waits until all of it is ready.
     *
     * @param options how
     * @return the cluster, to be closed
     */
    public static ClusterProcess start(ClusterOptions options) {
        ClusterProcess cluster = prepare(options);
        try {
            cluster.nodes.forEach(NodeProcess::start);
            cluster.awaitAllReady();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private static ClusterProcess prepare(ClusterOptions options) {
        Folders.recreate(options.folder());
        List<NodeAddress> addresses = addresses(options.size());
        List<NodeLaunch> launches = new ArrayList<>();
        try {
            options.surroundings().forEach(around -> around.setUp(addresses));
            for (NodeAddress address : addresses) {
                launches.add(launch(options, address));
            }
        } catch (RuntimeException | Error e) {
            options.surroundings().forEach(Surroundings::close);
            throw e;
        }
        return new ClusterProcess(options, launches);
    }

    private void guard() {
        guardian.guard(nodes, surroundings);
    }

    private static List<NodeAddress> addresses(int size) {
        List<Integer> ports = FreePorts.find(size * PORTS_PER_NODE);
        List<NodeAddress> addresses = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            addresses.add(NodeAddress.onLoopback(
                    "n" + (i + 1), ports.get(i * PORTS_PER_NODE), ports.get(i * PORTS_PER_NODE + 1)));
        }
        return addresses;
    }

    private static NodeLaunch launch(ClusterOptions options, NodeAddress address) {
        NodeLaunch launch = new NodeLaunch(
                address,
                options.folder().resolve(address.id()),
                List.of(),
                options.jvmOptions(),
                options.environment(),
                null);
        for (Surroundings around : options.surroundings()) {
            launch = around.surround(launch);
        }
        return launch;
    }

    /**
     * Returns all members, running or not.
     *
     * @return in the order of their ids
     */
    public List<NodeProcess> nodes() {
        return nodes;
    }

    /**
     * Returns the members whose process exists.
     *
     * @return in the order of their ids
     */
    public List<NodeProcess> running() {
        return nodes.stream().filter(NodeProcess::isRunning).toList();
    }

    /**
     * Returns the members but one.
     *
     * @param node the one
     * @return the others, in the order of their ids
     */
    public List<NodeProcess> others(NodeProcess node) {
        return nodes.stream().filter(other -> other != node).toList();
    }

    /** Waits until every member is ready. */
    public void awaitAllReady() {
        nodes.forEach(node -> node.awaitReady(START_LIMIT));
    }

    /**
     * Waits until the given members agree on one of them as the leader.
     *
     * @param among running, not frozen
     * @param limit how long
     * @return the leader
     */
    public NodeProcess awaitLeader(List<NodeProcess> among, Duration limit) {
        List<NodeProcess> found = new ArrayList<>();
        Conditions.await("a leader", limit, () -> {
            List<String> named = among.stream()
                    .map(node -> leaderAsSeenBy(node).orElse("none"))
                    .distinct()
                    .toList();
            Optional<NodeProcess> leader = among.stream()
                    .filter(node -> named.equals(List.of(node.id())))
                    .findFirst();
            if (leader.isEmpty()) {
                throw new AssertionError("leaders named: " + named);
            }
            found.add(leader.get());
        });
        return found.get(0);
    }

    /**
     * Waits until all members agree on a leader.
     *
     * @return the leader
     */
    public NodeProcess awaitLeader() {
        return awaitLeader(nodes, START_LIMIT);
    }

    /**
     * Asks a member for the leader.
     *
     * @param node any
     * @return the id that it names; empty if it knows of none or does not answer
     */
    public Optional<String> leaderAsSeenBy(NodeProcess node) {
        return cluster(node)
                .map(body -> body.path("leader"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    /**
     * Asks a member for the state of the cluster.
     *
     * @param node any
     * @return the body of its answer; empty if it does not answer
     */
    public Optional<JsonNode> cluster(NodeProcess node) {
        Outcome outcome = node.ask(ApiRequest.get(Paths.CLUSTER));
        return outcome.hasStatus(200) ? outcome.reply().map(Answer::body) : Optional.empty();
    }

    /** Kills all members that run, and heals what surrounds them. Their folders stay. */
    @Override
    public void close() {
        discardAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException inShutdown) {
            LOG.atDebug().setCause(inShutdown).log("closed while the driver ends");
        }
    }

    private void discardAll() {
        // Healed first: a process may hang in a disk that does not answer.
        nodes.forEach(NodeProcess::signalEnd);
        surroundings.forEach(Surroundings::heal);
        nodes.forEach(NodeProcess::discard);
        surroundings.forEach(Surroundings::close);
        guardian.close();
    }
}
