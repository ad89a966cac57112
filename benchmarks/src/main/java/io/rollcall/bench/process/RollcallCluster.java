package io.rollcall.bench.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A cluster of the registry, started through its launcher as a user does. */
public final class RollcallCluster implements Cluster {

    private static final Duration SERVING_WAIT_MAX = Duration.ofMinutes(3);

    private final Path folder;
    private final List<String> serverCommand;
    private final Map<String, String> environment;
    private List<InetSocketAddress> http;
    private final List<InetSocketAddress> raft;
    private final List<ChildProcess> members = new ArrayList<>();

    private final @Nullable Secrets secrets;

    private RollcallCluster(
            Path folder,
            List<String> serverCommand,
            Map<String, String> environment,
            int size,
            @Nullable Secrets secrets) {
        this.secrets = secrets;
        this.folder = folder;
        this.serverCommand = List.copyOf(serverCommand);
        this.environment = Map.copyOf(environment);
        var ports = Ports.free(2 * size);
        this.http = ports.subList(0, size).stream()
                .map(address -> secrets == null ? address : secrets.asOperator(address))
                .toList();
        this.raft = List.copyOf(ports.subList(size, 2 * size));
    }

    /**
     * Starts a new cluster, and waits until every member serves.
     *
     * @param folder for its data and logs; holds nothing yet
     * @param serverCommand what starts a node, without the node's own options
     * @param environment for the nodes
     * @param size members, 1 or more
     * @return serving
     */
    public static RollcallCluster start(
            Path folder, List<String> serverCommand, Map<String, String> environment, int size) {
        return start(new RollcallCluster(folder, serverCommand, environment, size, null));
    }

    /**
     * Starts a new cluster with all that protects it: TLS for clients and between members, a token in
     * each request and no access without, encryption of what is stored.
     *
     * @param folder for its data and logs; holds nothing yet
     * @param serverCommand what starts a node, without the node's own options
     * @param environment for the nodes
     * @param size members, 1 or more
     * @return serving
     */
    public static RollcallCluster startSecured(
            Path folder, List<String> serverCommand, Map<String, String> environment, int size) {
        var ids = IntStream.range(0, size).mapToObj(RollcallCluster::idOf).toList();
        var secrets = Secrets.create(folder.resolve("tls"), ids);
        return start(new RollcallCluster(folder, serverCommand, environment, size, secrets));
    }

    private static RollcallCluster start(RollcallCluster cluster) {
        var size = cluster.http.size();
        try {
            for (var member = 0; member < size; member++) {
                cluster.members.add(cluster.launch(member));
            }
            for (var member = 0; member < size; member++) {
                cluster.awaitServing(member);
            }
            var secrets = cluster.secrets;
            if (secrets != null) {
                cluster.http = secrets.asCaller(cluster.http);
            }
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return http;
    }

    /**
     * Returns a member's process.
     *
     * @param member which
     * @return as last started
     */
    public ChildProcess process(int member) {
        return members.get(member);
    }

    @Override
    public int leader() {
        var found = new int[1];
        Calls.await("a leader that all members know", SERVING_WAIT_MAX, () -> {
            var named = IntStream.range(0, http.size())
                    .mapToObj(this::leaderAsSeenBy)
                    .distinct()
                    .toList();
            if (named.size() != 1 || named.get(0).isEmpty()) {
                return false;
            }
            found[0] = Integer.parseInt(named.get(0).substring(1)) - 1;
            return true;
        });
        return found[0];
    }

    @Override
    public void kill(int member) {
        members.get(member).kill();
    }

    @Override
    public void restart(int member) {
        members.set(member, launch(member));
        awaitServing(member);
    }

    /**
     * Stops a member as an operator does.
     *
     * @param member which
     */
    public void stop(int member) {
        members.get(member).close();
    }

    /**
     * Asks a member for the end of its log.
     *
     * @param member which
     * @return the index of the last Raft log entry that it knows to be committed
     */
    public long committed(int member) {
        var members = Calls.require(address(member), "GET", "/api/v1/cluster", "")
                .json()
                .path("members");
        for (var one : members) {
            if (one.path("id").asText().equals(idOf(member))) {
                return one.path("committed").asLong();
            }
        }
        throw new IllegalStateException(idOf(member) + " does not name itself: " + members);
    }

    /**
     * Counts the instances that may take traffic.
     *
     * @param member who is asked
     * @return of all services
     */
    public int healthyInstances(int member) {
        return Calls.require(address(member), "GET", "/api/v1/stats", "")
                .json()
                .path("healthyInstances")
                .asInt();
    }

    @Override
    public Duration cpu() {
        return members.stream().map(ChildProcess::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        members.forEach(ChildProcess::close);
    }

    private ChildProcess launch(int member) {
        var id = idOf(member);
        var command = new ArrayList<>(serverCommand);
        command.addAll(List.of("--id", id, "--http", text(http.get(member)), "--raft", text(raft.get(member))));
        command.addAll(List.of("--data", folder.resolve(id).toString()));
        command.addAll(List.of(
                "--peers",
                IntStream.range(0, raft.size())
                        .mapToObj(i -> idOf(i) + "=" + text(raft.get(i)))
                        .collect(Collectors.joining(","))));
        if (secrets != null) {
            command.addAll(secrets.options(id));
        }
        return ChildProcess.start(id, command, environment, folder);
    }

    private void awaitServing(int member) {
        Calls.await("member " + idOf(member) + " to serve", SERVING_WAIT_MAX, () -> {
            members.get(member).requireAlive();
            try {
                return Calls.get(http.get(member), "/readyz").isOk();
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private String leaderAsSeenBy(int member) {
        try {
            var answer = Calls.get(http.get(member), "/api/v1/cluster");
            JsonNode leader = answer.isOk() ? answer.json().path("leader") : null;
            return leader == null ? "" : leader.asText("").replace("null", "");
        } catch (IOException notYet) {
            return "";
        }
    }

    private static String idOf(int member) {
        return "n" + (member + 1);
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
