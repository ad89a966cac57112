package io.rollcall.client.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Calls one after the other without end, and what answered each. */
final class Calls implements AutoCloseable {

    private static final Duration CALL_MAX = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI target;
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "calls");
    private volatile boolean isClosed;

    Calls(String target) {
        this.target = URI.create(target);
        thread.start();
    }

    private void run() {
        while (!isClosed) {
            answers.add(call());
        }
    }

    private String call() {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(target).timeout(CALL_MAX).build();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : "status " + answer.statusCode();
        } catch (Exception e) {
            return e.toString();
        }
    }

    /** Waits until the next calls are answered by these and nobody else. */
    void awaitAnswersOf(String... names) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            int from = answers.size();
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> answers.size() >= from + 10);
            assertThat(since(from)).containsExactlyInAnyOrder(names);
        });
    }

    /** How many calls were answered. */
    int count() {
        return answers.size();
    }

    /** Who has answered since. */
    Set<String> since(int from) {
        return answers.subList(from, answers.size()).stream().collect(Collectors.toSet());
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
