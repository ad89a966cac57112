package io.rollcall.bench.suite;

import io.rollcall.bench.load.RequestSource;
import io.rollcall.bench.load.Requests;
import io.rollcall.bench.process.Calls;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What discovery is measured on: 1,000 services of 10 instances, the same on every peer. */
final class Dataset {

    static final int SERVICES = 1_000;

    private static final String PREFIX = "catalog";
    private static final int INSTANCES = SERVICES * Instances.PER_SERVICE;
    private static final int BATCH = 1_000;

    /** etcd refuses transactions of more than 128 operations. */
    private static final int ETCD_BATCH = 100;

    private Dataset() {}

    static void loadRollcall(InetSocketAddress server) {
        for (var from = 0; from < INSTANCES; from += BATCH) {
            Instances.register(server, Instances.batch(PREFIX, from, Math.min(INSTANCES, from + BATCH)));
        }
        var found = Calls.require(server, "GET", rollcallPath(0), "").json().path("instances");
        requireTen("rollcall", found.size());
    }

    static void loadEtcd(InetSocketAddress server) {
        for (var from = 0; from < INSTANCES; from += ETCD_BATCH) {
            var puts = IntStream.range(from, from + ETCD_BATCH)
                    .mapToObj(n -> "{\"requestPut\":" + etcdPut(PREFIX, n) + "}")
                    .collect(Collectors.joining(",", "{\"success\":[", "]}"));
            Calls.require(server, "POST", "/v3/kv/txn", puts);
        }
        var found = Calls.require(server, "POST", "/v3/kv/range", etcdRange(0, true))
                .json()
                .path("kvs");
        requireTen("etcd", found.size());
    }

    /** Discovery of any one service. */
    static RequestSource rollcallReads(boolean linearizable) {
        return Workloads.discovery(PREFIX, SERVICES, linearizable);
    }

    /** The same services from etcd, by their prefix. */
    static RequestSource etcdReads(boolean linearizable) {
        return Requests.anyOf(IntStream.range(0, SERVICES)
                .mapToObj(service -> Requests.withBody(
                        "POST",
                        "/v3/kv/range",
                        etcdRange(service, !linearizable).getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    static String rollcallPath(int service) {
        return Instances.path(Instances.service(PREFIX, (long) service * Instances.PER_SERVICE));
    }

    /** The JSON of a put of the nth instance. */
    static String etcdPut(String prefix, long n) {
        var service = Instances.service(prefix, n);
        var id = Instances.id(prefix, n);
        return "{\"key\":\"" + Instances.base64(Instances.etcdKey(service, id)) + "\",\"value\":\""
                + Instances.base64(Instances.json(service, id, n)) + "\"}";
    }

    private static String etcdRange(int service, boolean serializable) {
        var name = Instances.service(PREFIX, (long) service * Instances.PER_SERVICE);
        // The key after all that begin with "name/": '0' follows '/'.
        return "{\"key\":\"" + Instances.base64(Instances.etcdKey(name, "")) + "\",\"range_end\":\""
                + Instances.base64("services/" + name + "0") + "\",\"serializable\":" + serializable + "}";
    }

    private static void requireTen(String who, int found) {
        if (found != Instances.PER_SERVICE) {
            throw new IllegalStateException(who + " returned " + found + " instances of a service that "
                    + Instances.PER_SERVICE + " were put in");
        }
    }
}
