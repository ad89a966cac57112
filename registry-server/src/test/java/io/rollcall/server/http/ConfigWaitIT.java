package io.rollcall.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.server.http.HttpNode.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads of configuration that wait for a change. */
final class ConfigWaitIT {

    private static final String KEY = "/api/v1/config/a/b";

    @TempDir
    Path folder;

    private HttpNode node;

    @BeforeEach
    void start() {
        node = new HttpNode(folder);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Reply put(String path, String text) {
        return node.sendBytes("PUT", path, text.getBytes(UTF_8), "text/plain");
    }

    private static long index(Reply reply) {
        return Long.parseLong(reply.header("Registry-Index"));
    }

    private CompletableFuture<Reply> waiting(String path) {
        int before = node.cluster.config.waiting();
        var reply = CompletableFuture.supplyAsync(() -> node.get(path), task -> new Thread(task).start());
        await().atMost(10, SECONDS)
                .untilAsserted(() -> assertThat(node.cluster.config.waiting()).isGreaterThan(before));
        return reply;
    }

    @Test
    void readWaitsForTheNextVersionOfItsKey() {
        var first = put(KEY, "a");
        var reply = waiting(KEY + "?wait=1m&index=" + index(first));

        put("/api/v1/config/a/c", "x");
        assertThat(reply).isNotDone();
        var second = put(KEY, "b");

        assertThat(reply).succeedsWithin(10, SECONDS).satisfies(answer -> {
            assertThat(answer.text()).isEqualTo("b");
            assertThat(index(answer)).isEqualTo(index(second));
        });
    }

    @Test
    void readWaitsForAKeyToAppearAndToGo() {
        var appears = waiting(KEY + "?wait=1m&index=1");
        var created = put(KEY, "a");
        assertThat(appears)
                .succeedsWithin(10, SECONDS)
                .satisfies(answer -> assertThat(answer.text()).isEqualTo("a"));

        var goes = waiting(KEY + "?wait=1m&index=" + index(created));
        node.delete(KEY);

        assertThat(goes)
                .succeedsWithin(10, SECONDS)
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(404));
    }

    @Test
    void listWaitsForAChangeUnderItsPrefixAlone() {
        put(KEY, "a");
        var listed = node.get("/api/v1/config?prefix=a/");
        var reply = waiting("/api/v1/config?prefix=a/&wait=1m&index=" + index(listed));

        put("/api/v1/config/b", "x");
        put("/api/v1/config/ab", "x");
        assertThat(reply).isNotDone();
        put("/api/v1/config/a/c", "x");

        assertThat(reply)
                .succeedsWithin(10, SECONDS)
                .satisfies(answer -> assertThat(answer.json().path("keys")).hasSize(2));
    }

    @Test
    void waitThatIsOverGivesTheSameAnswer() {
        var first = put(KEY, "a");

        var reply = node.get(KEY + "?wait=50ms&index=" + index(first));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("a");
        assertThat(index(reply)).isEqualTo(index(first));
    }

    @Test
    void whatChangedAlreadyIsAnsweredAtOnce() {
        var first = put(KEY, "a");
        put(KEY, "b");

        var reply = node.get(KEY + "?wait=10m&index=" + index(first));

        assertThat(reply.text()).isEqualTo("b");
    }

    @Test
    void manyReadersWaitWithoutAThreadForEach() {
        var first = put(KEY, "a");
        var readers = IntStream.range(0, 50)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> node.get(KEY + "?wait=1m&index=" + index(first)), task -> new Thread(task).start()))
                .toList();
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(node.cluster.config.waiting()).isEqualTo(50));

        // The node has 8 threads, and answers others meanwhile.
        assertThat(node.get(KEY).text()).isEqualTo("a");
        put(KEY, "b");

        assertThat(CompletableFuture.allOf(readers.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Duration.ofSeconds(20));
        assertThat(readers.stream()
                        .map(CompletableFuture::join)
                        .map(Reply::text)
                        .distinct())
                .isEqualTo(List.of("b"));
        assertThat(node.cluster.config.waiting()).isZero();
    }
}
