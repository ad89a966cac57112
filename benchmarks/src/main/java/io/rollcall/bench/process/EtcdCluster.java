package io.rollcall.bench.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A cluster of etcd with its defaults, spoken to through its HTTP gateway. */
public final class EtcdCluster implements Cluster {

    private static final Duration SERVING_WAIT_MAX = Duration.ofSeconds(60);

    private final Path folder;
    private final String binary;
    private final List<InetSocketAddress> http;
    private final List<InetSocketAddress> raft;
    private final List<ChildProcess> members = new ArrayList<>();

    private EtcdCluster(Path folder, String binary, int size) {
        this.folder = folder;
        this.binary = binary;
        var ports = Ports.free(2 * size);
        this.http = List.copyOf(ports.subList(0, size));
        this.raft = List.copyOf(ports.subList(size, 2 * size));
    }

    /**
     * Looks for etcd.
     *
     * @return its path, if it is on this process's search path
     */
    public static Optional<String> installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, "etcd"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /**
     * Starts a new cluster, and waits until every member serves.
     *
     * @param folder for its data and logs; holds nothing yet
     * @param binary etcd
     * @param size members, 1 or more
     * @return serving
     */
    public static EtcdCluster start(Path folder, String binary, int size) {
        var cluster = new EtcdCluster(folder, binary, size);
        try {
            for (var member = 0; member < size; member++) {
                cluster.members.add(cluster.launch(member));
            }
            for (var member = 0; member < size; member++) {
                cluster.awaitServing(member);
            }
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Returns what {@code etcd --version} says first. */
    public String version() {
        return Calls.require(http.get(0), "GET", "/version", "")
                .json()
                .path("etcdserver")
                .asText();
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return http;
    }

    @Override
    public int leader() {
        var found = new int[1];
        Calls.await("a leader of etcd", SERVING_WAIT_MAX, () -> {
            for (var member = 0; member < http.size(); member++) {
                if (leads(member)) {
                    found[0] = member;
                    return true;
                }
            }
            return false;
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

    @Override
    public Duration cpu() {
        return members.stream().map(ChildProcess::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        members.forEach(ChildProcess::close);
    }

    private ChildProcess launch(int member) {
        var name = nameOf(member);
        var initial = IntStream.range(0, raft.size())
                .mapToObj(i -> nameOf(i) + "=" + url(raft.get(i)))
                .collect(Collectors.joining(","));
        var command = Stream.of(
                        Stream.of(
                                binary,
                                "--name",
                                name,
                                "--data-dir",
                                folder.resolve(name).toString()),
                        Stream.of("--listen-client-urls", url(http.get(member))),
                        Stream.of("--advertise-client-urls", url(http.get(member))),
                        Stream.of("--listen-peer-urls", url(raft.get(member))),
                        Stream.of("--initial-advertise-peer-urls", url(raft.get(member))),
                        Stream.of("--initial-cluster", initial, "--initial-cluster-state", "new"),
                        Stream.of("--initial-cluster-token", "bench", "--log-level", "warn"))
                .flatMap(part -> part)
                .toList();
        return ChildProcess.start(name, command, Map.of(), folder);
    }

    private void awaitServing(int member) {
        Calls.await(nameOf(member) + " to serve", SERVING_WAIT_MAX, () -> {
            members.get(member).requireAlive();
            try {
                return Calls.get(http.get(member), "/health").body().contains("true");
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private boolean leads(int member) {
        try {
            var answer = Calls.send(http.get(member), "POST", "/v3/maintenance/status", "{}", Duration.ofSeconds(2));
            var self = answer.json().path("header").path("member_id").asText();
            return answer.isOk() && self.equals(answer.json().path("leader").asText("none"));
        } catch (IOException gone) {
            return false;
        }
    }

    private static String nameOf(int member) {
        return "etcd" + (member + 1);
    }

    private static String url(InetSocketAddress address) {
        return "http://" + address.getHostString() + ":" + address.getPort();
    }
}
