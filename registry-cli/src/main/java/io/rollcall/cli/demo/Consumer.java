package io.rollcall.cli.demo;

import io.rollcall.api.model.Instance;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.Discovery;
import io.rollcall.client.balance.BalancedCalls;
import io.rollcall.client.balance.Lease;
import io.rollcall.client.balance.NoInstanceException;
import io.rollcall.client.balance.PickContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A consumer of one service: discovers its instances before each call and spreads its calls over them. Not thread-safe. */
final class Consumer {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

    private final RegistryClient registry;
    private final HttpClient http;
    private final String service;
    private final String path;
    private final BalancedCalls calls;
    private List<Instance> instances = List.of();
    private SortedMap<String, Integer> answered = new TreeMap<>();
    private int failed;
    private @Nullable String lastFailure;

    Consumer(RegistryClient registry, HttpClient http, String service, String path) {
        this.registry = registry;
        this.http = http;
        this.service = service;
        this.path = path;
        this.calls = BalancedCalls.over(() -> instances).build();
    }

    void callOnce() throws InterruptedException {
        Outcome<Discovery> found = registry.discover(registry.service(service));
        if (!(found instanceof Outcome.Done<Discovery> done)) {
            failed("discovery of " + service + " failed: " + found);
            return;
        }
        instances = done.value().instances();
        try (Lease lease = calls.lease(PickContext.none())) {
            call(lease);
        } catch (NoInstanceException e) {
            failed(service + ": " + e.getMessage());
        }
    }

    private void call(Lease lease) throws InterruptedException {
        Instance instance = lease.instance();
        URI uri = URI.create("http://" + instance.registration().host() + ":"
                + instance.registration().port() + path);
        String id = instance.key().id().value();
        try {
            HttpResponse<Void> answer =
                    http.send(HttpRequest.newBuilder(uri).timeout(CALL_TIMEOUT).build(), BodyHandlers.discarding());
            if (answer.statusCode() == 200) {
                lease.succeeded();
                answered.merge(id, 1, Integer::sum);
            } else {
                failed(id + " answered HTTP " + answer.statusCode());
            }
        } catch (IOException e) {
            lease.failed(e);
            failed(id + " did not answer: " + e);
        }
    }

    private void failed(String detail) {
        failed++;
        lastFailure = detail;
    }

    /** What was done since the last time: such as {@code user-service 10 calls (001 4, 002 4, 003 2)}. */
    String takeSummary() {
        StringBuilder text = new StringBuilder(service).append(' ');
        int count = answered.values().stream().mapToInt(Integer::intValue).sum();
        text.append(count).append(count == 1 ? " call" : " calls");
        String separator = " (";
        for (var entry : answered.entrySet()) {
            text.append(separator).append(entry.getKey().replace(service + "-", ""));
            text.append(' ').append(entry.getValue());
            separator = ", ";
        }
        if (!answered.isEmpty()) {
            text.append(')');
        }
        if (failed > 0) {
            text.append(", ").append(failed).append(" FAILED: ").append(lastFailure);
        }
        answered = new TreeMap<>();
        failed = 0;
        lastFailure = null;
        return text.toString();
    }
}
