package io.rollcall.bench.suite;

import io.rollcall.bench.process.Calls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The instances that the experiments register: 10 to a service, 350 to 450 bytes of JSON each. */
final class Instances {

    static final int PER_SERVICE = 10;

    private static final int UNAVAILABLE = 503;
    private static final int ATTEMPTS_MAX = 20;
    private static final Duration ATTEMPT_PAUSE = Duration.ofMillis(500);
    private static final Duration BATCH_WAIT_MAX = Duration.ofSeconds(60);

    private Instances() {}

    /** The service of the nth instance. */
    static String service(String prefix, long n) {
        return String.format(Locale.ROOT, "%s-%06d", prefix, n / PER_SERVICE);
    }

    /** The id of the nth instance. */
    static String id(String prefix, long n) {
        return service(prefix, n) + "-" + n % PER_SERVICE;
    }

    /** Where a service is discovered. */
    static String path(String service) {
        return "/api/v1/services/" + service;
    }

    /** Where an instance is registered. */
    static String path(String service, String id) {
        return path(service) + "/instances/" + id;
    }

    /** The nth instance as JSON. Its lease is 0 s, since nobody sends heartbeats for it. */
    static String json(String service, String id, long n) {
        return json(service, id, n, "0s");
    }

    /** The same with a lease. */
    static String json(String service, String id, long n, String ttl) {
        return "{\"name\":\"" + service + "\",\"id\":\"" + id + "\",\"version\":\"2.14.3\",\"host\":\"10."
                + (n >> 16 & 255) + "." + (n >> 8 & 255) + "." + (n & 255)
                + "\",\"port\":8443,\"protocol\":\"https\",\"tags\":{\"env\":\"prod\",\"team\":\"payments\","
                + "\"tier\":\"backend\"},\"metadata\":{\"commit\":\"9f2c4e7a1b3d5f60718293a4b5c6d7e8f9012345\","
                + "\"region\":\"eu-central-1\",\"contact\":\"payments@example.org\",\"built\":\"2026-11-22T08:30:00Z\",\"node\":\"worker-"
                + n % 1000
                + "\"},\"zone\":\"eu-central-1a\",\"weight\":100,\"ttl\":\"" + ttl + "\"}";
    }

    /** The body of a batch registration of the instances {@code from} to {@code until}. */
    static String batch(String prefix, long from, long until) {
        return IntStream.range(0, (int) (until - from))
                .mapToObj(i -> json(service(prefix, from + i), id(prefix, from + i), from + i))
                .collect(Collectors.joining(",", "{\"instances\":[", "]}"));
    }

    /**
     * Registers instances, and tries again what the cluster could not do at once: an election under full load is no end of
     * a preparation. Returns the answer to the attempt that was acknowledged.
     */
    static Calls.Answer register(InetSocketAddress server, String batch) {
        for (var attempt = 1; ; attempt++) {
            var answer = post(server, batch);
            if (answer.isOk()) {
                return answer;
            }
            if (answer.status() < UNAVAILABLE || attempt == ATTEMPTS_MAX) {
                throw new IllegalStateException(
                        "the cluster refuses a batch: " + answer.status() + " " + answer.body());
            }
            Calls.pause(ATTEMPT_PAUSE);
        }
    }

    private static Calls.Answer post(InetSocketAddress server, String batch) {
        try {
            return Calls.send(server, "POST", "/api/v1/registrations?takeover=true", batch, BATCH_WAIT_MAX);
        } catch (IOException e) {
            throw new UncheckedIOException("no answer to a batch from " + server, e);
        }
    }

    /** The key of an instance in etcd. */
    static String etcdKey(String service, String id) {
        return "services/" + service + "/" + id;
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
