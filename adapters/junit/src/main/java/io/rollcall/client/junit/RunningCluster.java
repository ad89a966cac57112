package io.rollcall.client.junit;

import io.rollcall.client.RegistryClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A test's registry: its nodes, and a client of it. Thread-safe, apart from what is done to its nodes. */
public final class RunningCluster {

    private static final String HOST = "127.0.0.1";

    private final Path folder;
    private final List<RegistryNode> nodes;
    private final RegistryClient client;

    private RunningCluster(Path folder, List<RegistryNode> nodes) {
        this.folder = folder;
        this.nodes = List.copyOf(nodes);
        this.client = RegistryClient.builder().servers(urls()).build();
    }

    /** Starts all nodes, and returns when all are ready; if one is not, ends all, and throws with the end of its log. */
    static RunningCluster start(ClusterSettings settings) {
        Distribution distribution = Distribution.locate(settings.home());
        Path folder = Folders.temporary();
        RunningCluster cluster = new RunningCluster(folder, nodes(settings, distribution, folder));
        try {
            cluster.nodes.forEach(RegistryNode::start);
            cluster.nodes.forEach(RegistryNode::awaitReady);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private static List<RegistryNode> nodes(ClusterSettings settings, Distribution distribution, Path folder) {
        int count = settings.nodes();
        List<Integer> ports = FreePorts.find(2 * count);
        List<String> raft = ports.subList(count, 2 * count).stream()
                .map(port -> HOST + ":" + port)
                .toList();
        List<String> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(id(i) + "=" + raft.get(i));
        }
        List<RegistryNode> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String http = HOST + ":" + ports.get(i);
            List<String> command = new ArrayList<>(distribution.command(settings.jvmOptions()));
            command.addAll(List.of("--id", id(i), "--http", http, "--raft", raft.get(i)));
            command.addAll(List.of("--peers", String.join(",", peers)));
            command.addAll(List.of("--data", folder.resolve(id(i)).toString()));
            Path log = folder.resolve(id(i) + ".log");
            nodes.add(new RegistryNode(id(i), URI.create("http://" + http), command, log, settings));
        }
        return nodes;
    }

    private static String id(int position) {
        return "n" + (position + 1);
    }

    /**
     * Returns the nodes.
     *
     * @return in the order of their ids
     */
    public List<RegistryNode> nodes() {
        return nodes;
    }

    /**
     * Returns a node.
     *
     * @param number from 1, as in its id
     * @return {@code n1} for 1
     * @throws IndexOutOfBoundsException if there is none
     */
    public RegistryNode node(int number) {
        return nodes.get(number - 1);
    }

    /**
     * Returns the URLs of all nodes.
     *
     * @return as {@link io.rollcall.client.RegistryClientBuilder#servers} takes them
     */
    public List<String> urls() {
        return nodes.stream().map(node -> node.url().toString()).toList();
    }

    /**
     * Returns a client of the registry, with all defaults.
     *
     * @return the same for each call; closed with the registry
     */
    public RegistryClient client() {
        return client;
    }

    /** Of the data and the logs of all nodes. */
    Path folder() {
        return folder;
    }

    /** Ends the client and all nodes, and deletes their data. */
    void close() {
        client.close();
        nodes.forEach(RegistryNode::askToEnd);
        nodes.forEach(RegistryNode::end);
        Folders.delete(folder);
    }

    @Override
    public String toString() {
        return nodes.stream().map(RegistryNode::toString).collect(Collectors.joining(", "));
    }
}
