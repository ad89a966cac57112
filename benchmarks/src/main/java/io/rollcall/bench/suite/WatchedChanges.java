package io.rollcall.bench.suite;

import io.rollcall.bench.etcd.EtcdPuts;
import io.rollcall.bench.load.Caller;
import io.rollcall.bench.load.Requests;
import io.rollcall.bench.process.Cluster;
import io.rollcall.bench.process.EtcdCluster;
import io.rollcall.bench.process.RollcallCluster;
import io.rollcall.bench.watch.Mark;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Changes of the one instance of each of some services, with their number in it for whoever watches. */
final class WatchedChanges {

    private static final int OK = 200;
    private static final String VERSION = "2.14.3";

    private final String prefix;
    private final int services;

    /** Opens a caller of one server. */
    private interface Opening<C> {
        C open(InetSocketAddress server) throws IOException;
    }

    WatchedChanges(String prefix, int services) {
        this.prefix = prefix;
        this.services = services;
    }

    /** What watchers of the registry watch. */
    List<String> services() {
        return IntStream.range(0, services).mapToObj(this::service).toList();
    }

    /** What watchers of etcd watch: the same. */
    List<String> etcdPrefixes() {
        return services().stream()
                .map(service -> Instances.etcdKey(service, ""))
                .toList();
    }

    /** Callers of the registry, one for each node. */
    List<PacedChanges.Change> rollcall(RollcallCluster cluster, List<AutoCloseable> toClose) throws IOException {
        var changes = new ArrayList<PacedChanges.Change>();
        for (var caller : open(cluster, Caller::connect, toClose)) {
            changes.add(number -> caller.call(
                    Requests.withBody("PUT", Instances.path(serviceOf(number), id(number)), bytes(json(number)))));
        }
        return changes;
    }

    /** Callers of etcd's gateway, one for each member. */
    List<PacedChanges.Change> gateway(EtcdCluster cluster, List<AutoCloseable> toClose) throws IOException {
        var changes = new ArrayList<PacedChanges.Change>();
        for (var caller : open(cluster, Caller::connect, toClose)) {
            changes.add(number -> caller.call(Requests.withBody(
                    "POST",
                    "/v3/kv/put",
                    bytes("{\"key\":\"" + Instances.base64(key(number)) + "\",\"value\":\""
                            + Instances.base64(json(number)) + "\"}"))));
        }
        return changes;
    }

    /** Callers of etcd over gRPC, one for each member. */
    List<PacedChanges.Change> grpc(EtcdCluster cluster, List<AutoCloseable> toClose) throws IOException {
        var changes = new ArrayList<PacedChanges.Change>();
        for (var caller : open(cluster, EtcdPuts::connect, toClose)) {
            changes.add(number -> {
                caller.put(key(number), json(number));
                return OK;
            });
        }
        return changes;
    }

    private static <C extends AutoCloseable> List<C> open(
            Cluster cluster, Opening<C> opening, List<AutoCloseable> toClose) throws IOException {
        var callers = new ArrayList<C>();
        for (var server : cluster.addresses()) {
            var caller = opening.open(server);
            toClose.add(caller);
            callers.add(caller);
        }
        return callers;
    }

    private String key(long number) {
        return Instances.etcdKey(serviceOf(number), id(number));
    }

    private String json(long number) {
        // The same address each time: another one would be that of another instance.
        return Instances.json(serviceOf(number), id(number), number % services).replace(VERSION, Mark.of(number));
    }

    private String serviceOf(long number) {
        return service((int) (number % services));
    }

    private String service(int number) {
        return prefix + "-" + number;
    }

    private String id(long number) {
        return serviceOf(number) + "-0";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
