package io.rollcall.bench.suite;

import io.rollcall.bench.load.RequestSource;
import io.rollcall.bench.load.Requests;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** The requests that loads are made of. */
public final class Workloads {

    private Workloads() {}

    /**
     * Registrations by {@code PUT}, each of another instance, 10 to a service.
     *
     * @param prefix of the services' names; of two sources with the same, the second replaces what the first wrote
     * @return endless
     */
    public static RequestSource registrations(String prefix) {
        var next = new AtomicLong();
        return out -> {
            var n = next.getAndIncrement();
            var service = Instances.service(prefix, n);
            var id = Instances.id(prefix, n);
            var body = Instances.json(service, id, n).getBytes(StandardCharsets.UTF_8);
            Requests.write(out, Requests.ascii("PUT " + Instances.path(service, id)), body);
        };
    }

    /**
     * Discovery of services that {@link #registrations} filled first.
     *
     * @param prefix of their names
     * @param services how many, drawn from evenly
     * @param linearizable else stale
     * @return endless
     */
    public static RequestSource discovery(String prefix, int services, boolean linearizable) {
        var query = linearizable ? "?consistency=linearizable" : "";
        return Requests.anyOf(IntStream.range(0, services)
                .mapToObj(service -> Instances.service(prefix, (long) service * Instances.PER_SERVICE))
                .map(service -> Requests.get(Instances.path(service) + query))
                .toList());
    }

    /** Puts of the same instances into etcd. */
    static RequestSource etcdPuts(String prefix) {
        var next = new AtomicLong();
        var head = Requests.ascii("POST /v3/kv/put");
        return out -> {
            var body = Dataset.etcdPut(prefix, next.getAndIncrement());
            Requests.write(out, head, body.getBytes(StandardCharsets.UTF_8));
        };
    }
}
