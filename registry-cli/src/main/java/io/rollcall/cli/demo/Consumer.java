package io.rollcall.cli.demo;

import io.rollcall.api.model.Instance;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.Discovery;
import io.rollcall.client.balance.WeightedRoundRobin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
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
    private final WeightedRoundRobin balancer = new WeightedRoundRobin();
    private SortedMap<String, Integer> calls = new TreeMap<>();
    private int failed;
    private @Nullable String lastFailure;

    Consumer(RegistryClient registry, HttpClient http, String service, String path) {
        this.registry = registry;
        this.http = http;
        this.service = service;
        this.path = path;
    }

    void callOnce() throws InterruptedException {
        Outcome<Discovery> found = registry.discover(registry.service(service));
        if (!(found instanceof Outcome.Done<Discovery> done)) {
            failed("discovery of " + service + " failed: " + found);
            return;
        }
        Optional<Instance> chosen = balancer.choose(done.value().instances());
        if (chosen.isEmpty()) {
            failed("no instance of " + service + " is healthy");
            return;
        }
        call(chosen.get());
    }

    private void call(Instance instance) throws InterruptedException {
        URI uri = URI.create("http://" + instance.registration().host() + ":"
                + instance.registration().port() + path);
        String id = instance.key().id().value();
        try {
            HttpResponse<Void> answer =
                    http.send(HttpRequest.newBuilder(uri).timeout(CALL_TIMEOUT).build(), BodyHandlers.discarding());
            if (answer.statusCode() == 200) {
                calls.merge(id, 1, Integer::sum);
            } else {
                failed(id + " answered HTTP " + answer.statusCode());
            }
        } catch (IOException e) {
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
        int count = calls.values().stream().mapToInt(Integer::intValue).sum();
        text.append(count).append(count == 1 ? " call" : " calls");
        String separator = " (";
        for (var entry : calls.entrySet()) {
            text.append(separator).append(entry.getKey().replace(service + "-", ""));
            text.append(' ').append(entry.getValue());
            separator = ", ";
        }
        if (!calls.isEmpty()) {
            text.append(')');
        }
        if (failed > 0) {
            text.append(", ").append(failed).append(" FAILED: ").append(lastFailure);
        }
        calls = new TreeMap<>();
        failed = 0;
        lastFailure = null;
        return text.toString();
    }
}
