package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Callers who register and discover at an easy pace, one request after the other: what they wait is what others do to them. */
final class EasyCallers {

    private static final String SERVICE = "/api/v1/services/orders";
    private static final String INSTANCE = SERVICE + "/instances/easy";
    private static final String REGISTRATION = "{\"host\":\"10.0.0.1\",\"port\":80,\"ttl\":\"0s\"}";

    private EasyCallers() {}

    /** Discovers for a while, at each node in turn; none may fail. */
    static void read(List<URI> nodes, Duration phase) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        long end = System.nanoTime() + phase.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            HttpRequest request = HttpRequest.newBuilder(
                            nodes.get(i % nodes.size()).resolve(SERVICE))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** The p99, in milliseconds, of a registration and two discoveries in turn, each at the next node; none may fail. */
    static double p99Millis(List<URI> nodes, Duration phase) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<Double> times = new ArrayList<>();
        long end = System.nanoTime() + phase.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            URI node = nodes.get(i % nodes.size());
            HttpRequest request = i % 3 == 0
                    ? HttpRequest.newBuilder(node.resolve(INSTANCE))
                            .header("Content-Type", "application/json")
                            .PUT(HttpRequest.BodyPublishers.ofString(REGISTRATION))
                            .build()
                    : HttpRequest.newBuilder(node.resolve(SERVICE)).build();
            long began = System.nanoTime();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            times.add((System.nanoTime() - began) / 1e6);
            assertThat(response.statusCode()).isBetween(200, 201);
        }
        Collections.sort(times);
        return times.get((int) (times.size() * 0.99));
    }
}
