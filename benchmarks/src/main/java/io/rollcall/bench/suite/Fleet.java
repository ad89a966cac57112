package io.rollcall.bench.suite;

import io.rollcall.bench.load.Requests;
import io.rollcall.bench.process.Calls;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Instances with a lease, registered bit by bit, and the requests that renew it. Used by one thread. */
final class Fleet {

    /** Heartbeats in one batch. */
    static final int BEATS = 500;

    /** Registrations in one batch. */
    static final int REGISTRATIONS = 1_000;

    private final String prefix;
    private final String ttl;
    private final long[] incarnations;
    private int size;

    /** None of {@code capacity} is registered yet. */
    Fleet(String prefix, String ttl, int capacity) {
        this.prefix = prefix;
        this.ttl = ttl;
        this.incarnations = new long[capacity];
    }

    int size() {
        return size;
    }

    boolean isComplete() {
        return size == incarnations.length;
    }

    /** Registers the whole. */
    void registerAll(InetSocketAddress server) {
        while (!isComplete()) {
            registerNext(server);
        }
    }

    /** Registers the next {@value #REGISTRATIONS}, or what is left of the whole. */
    void registerNext(InetSocketAddress server) {
        var until = Math.min(incarnations.length, size + REGISTRATIONS);
        var body = IntStream.range(size, until)
                .mapToObj(n -> Instances.json(serviceOf(n), idOf(n), n, ttl))
                .collect(Collectors.joining(",", "{\"instances\":[", "]}"));
        for (var result : Instances.register(server, body).json().path("results")) {
            var incarnation = result.path("instance").path("incarnation");
            if (!incarnation.isIntegralNumber()) {
                throw new IllegalStateException("not registered: " + result);
            }
            incarnations[size++] = incarnation.asLong();
        }
        if (size != until) {
            throw new IllegalStateException("registered " + size + " instances, not " + until);
        }
    }

    /** Requests that renew the instances {@code from} to {@code until}, each {@value #BEATS} of them or the rest. */
    List<byte[]> batches(int from, int until) {
        return IntStream.iterate(from, first -> first < until, first -> first + BEATS)
                .mapToObj(first -> Requests.withBody(
                        "POST",
                        "/api/v1/heartbeats",
                        batch(first, Math.min(until, first + BEATS)).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** Requests that renew one instance each. */
    List<byte[]> singles() {
        return IntStream.range(0, size)
                .mapToObj(n -> Requests.withBody(
                        "PUT",
                        Instances.path(serviceOf(n), idOf(n)) + "/heartbeat?incarnation=" + incarnations[n],
                        new byte[0]))
                .toList();
    }

    /**
     * Renews a batch and looks at the answer. A load does not look at bodies, but since all answers to batches renewed as a
     * whole are of one size, their sizes tell.
     *
     * @return the body's bytes
     */
    long requireRenewed(InetSocketAddress server) {
        var count = Math.min(size, BEATS);
        var answer = Calls.require(server, "POST", "/api/v1/heartbeats", batch(0, count));
        if (answer.json().path("renewed").asInt() != count) {
            throw new IllegalStateException("not all of " + count + " leases were renewed: " + answer.body());
        }
        return answer.body().length();
    }

    private String batch(int from, int until) {
        return IntStream.range(from, until)
                .mapToObj(n -> "{\"name\":\"" + serviceOf(n) + "\",\"id\":\"" + idOf(n) + "\",\"incarnation\":"
                        + incarnations[n] + "}")
                .collect(Collectors.joining(",", "{\"instances\":[", "]}"));
    }

    private String serviceOf(int n) {
        return Instances.service(prefix, n);
    }

    private String idOf(int n) {
        return Instances.id(prefix, n);
    }
}
