package io.rollcall.cli;

import static io.rollcall.client.fake.FakeNode.problem;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.FakeWatchNode;
import io.rollcall.client.fake.Samples;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands about those who watch: watch itself, and subscribers. */
@Timeout(value = 30, unit = SECONDS)
final class WatchCommandTest {

    private final FakeWatchNode node = new FakeWatchNode();
    private final TestShell shell = TestShell.asking(node.url());

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void eachChangeIsALine() {
        node.snapshot("orders", 5, Samples.json("o-1"))
                .change(
                        "orders",
                        5,
                        8,
                        Samples.json("o-1")
                                .replace("\"passing\"", "\"warning\"")
                                .replace("\"no check\"", "\"slow\""),
                        Samples.json("o-2"))
                .change("orders", 8, 9, 9, List.of(), "o-1");

        assertThat(shell.run("watch", "orders", "--events", "3", "--tag", "env=prod", "--name", "me"))
                .isZero();

        assertThat(shell.out().lines().map(line -> line.replaceFirst("^[0-9:]{8}", "TIME")))
                .containsExactly(
                        "TIME  + orders/o-1  http://127.0.0.1:9000  passing",
                        "TIME  ~ orders/o-1  passing -> warning: slow",
                        "TIME  + orders/o-2  http://127.0.0.1:9000  passing",
                        "TIME  - orders/o-1  gone, or not selected any more");
        assertThat(shell.err()).contains("watching on " + node.url());
        assertThat(node.asked().get(0))
                .isEqualTo(new FakeWatchNode.Asked("/api/v1/watch?service=orders&tag=env%3Aprod", null, "me"));
    }

    @Test
    void jsonIsALineForEachEventAsItWasSent() throws Exception {
        node.snapshot("orders", 5, Samples.json("o-1")).change("orders", 5, 8).sync(30);

        assertThat(shell.run("watch", "--events", "3", "-o", "json")).isZero();

        var lines = shell.out().lines().toList();
        assertThat(lines).hasSize(3);
        JsonNode first = Json.mapper().readTree(lines.get(0));
        assertThat(first.path("event").asText()).isEqualTo("snapshot");
        assertThat(first.path("instances").path(0)).isEqualTo(Json.mapper().readTree(Samples.json("o-1")));
        assertThat(lines.get(1))
                .isEqualTo("{\"event\":\"change\",\"service\":\"orders\",\"namespace\":\"default\",\"from\":5,\"to\":8,"
                        + "\"upserted\":[],\"removed\":[]}");
        assertThat(Json.mapper().readTree(lines.get(2)).path("index").asLong()).isEqualTo(30);
        assertThat(node.asked().get(0).target()).isEqualTo("/api/v1/watch");
    }

    @Test
    void terminalGetsATable() {
        shell.set(Screen.VARIABLE, "24 80");
        shell.set("NO_COLOR", "1");
        node.snapshot("orders", 5, Samples.json("o-1"));

        assertThat(shell.run("watch", "orders", "--status", "any", "--events", "1"))
                .isZero();

        assertThat(shell.out())
                .contains("orders (selected)  index 5  on " + node.url())
                .contains("orders   o-1  http://127.0.0.1:9000  passing");
    }

    @Test
    void refusalEndsItWithItsReason() {
        node.refusal = problem(400, "invalid-request");

        assertThat(shell.run("watch", "orders", "--filter", "port = 1")).isEqualTo(1);

        assertThat(shell.err()).contains("invalid-request");
    }

    @Test
    void badOptionsAreRefusedAtOnce() {
        assertThat(shell.run("watch", "orders", "--events=-1")).isEqualTo(2);
        assertThat(shell.run("watch", "a b")).isEqualTo(2);
        assertThat(shell.run("watch", "orders", "--name", "\n")).isEqualTo(2);
        assertThat(node.asked()).isEmpty();
    }

    private static String meta(String key, long index, String more) {
        return "{\"namespace\":\"default\",\"key\":\"" + key + "\",\"version\":2,\"createIndex\":1,\"modifyIndex\":"
                + index
                + ",\"modifiedAt\":\"2026-01-01T00:00:00.000Z\",\"contentType\":\"text/plain\",\"size\":3,\"secret\":false"
                + more + "}";
    }

    @Test
    void configurationIsALineForEachChangeUntilItIsRefused() {
        node.configSnapshot(0, 5, true, meta("a/1", 4, ""))
                .configSnapshot(5, 5, false, meta("a/2", 5, ""))
                .configChange(5, 7, meta("a/1", 7, ",\"actor\":\"ann\""))
                .configDeletion(7, 8, "a/2", meta("a/2", 8, ",\"deleted\":true,\"actor\":\"bob\""))
                .configChange(8, 9, meta("a/3", 9, "").replace("\"secret\":false", "\"secret\":true"))
                .sync(20);
        var ended = CompletableFuture.supplyAsync(
                () -> shell.run("config", "watch", "a/", "--name", "me"), task -> new Thread(task).start());
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(shell.out().lines()).hasSize(4));
        node.refusal = problem(403, "permission-denied");
        node.end();

        assertThat(ended).succeedsWithin(20, SECONDS).isEqualTo(1);
        assertThat(shell.out().lines())
                .containsExactly(
                        "watching 2 keys that begin with a/ (index 5)",
                        "2026-01-01T00:00:00.000Z  a/1  version 2, 3 bytes (index 7) by ann",
                        "2026-01-01T00:00:00.000Z  a/2  version 2, deleted (index 8) by bob",
                        "2026-01-01T00:00:00.000Z  a/3  version 2, 3 bytes, secret (index 9)");
        assertThat(shell.err()).contains("watching on " + node.url()).contains("permission-denied");
        assertThat(node.asked().get(0)).isEqualTo(new FakeWatchNode.Asked("/api/v1/watch?config=a%2F", null, "me"));
    }

    @Test
    void configurationAsJsonIsALineForEachEventAndEndsAfterTheFirstChange() {
        node.configSnapshot(5).sync(6).configChange(5, 7, meta("k", 7, "")).configChange(7, 8, meta("k", 8, ""));

        assertThat(shell.run("config", "watch", "--once", "-o", "json")).isZero();

        assertThat(shell.out().lines())
                .containsExactly(
                        "{\"event\":\"snapshot\",\"prefix\":\"a/\",\"namespace\":\"default\",\"index\":5,\"keys\":[],"
                                + "\"subscription\":\"n1-7\"}",
                        "{\"event\":\"sync\",\"index\":6,\"subscription\":\"n1-8\"}",
                        "{\"event\":\"change\",\"prefix\":\"a/\",\"namespace\":\"default\",\"from\":5,\"to\":7,"
                                + "\"upserted\":[" + meta("k", 7, "") + "],\"removed\":[]}");
        assertThat(node.asked().get(0).target()).isEqualTo("/api/v1/watch?config=");
    }

    @Test
    void prefixThatNoKeyCanHaveIsRefusedAtOnce() {
        assertThat(shell.run("config", "watch", "/a")).isEqualTo(2);
        assertThat(shell.err()).contains("PREFIX");
        assertThat(node.asked()).isEmpty();
    }

    @Test
    void subscribersAreATable() {
        var answer =
                "{\"name\":\"orders\",\"index\":42,\"subscribers\":[{\"id\":\"checkout\",\"subscription\":\"n1-7\","
                        + "\"node\":\"n1\",\"address\":\"10.0.0.9:5000\",\"kind\":\"watch\",\"since\":\"2026-01-01T00:00:00.000Z\","
                        + "\"sent\":42,\"acknowledged\":40,\"lag\":2}]}";
        try (var plain = new FakeNode(FakeNode.answer(200, answer))) {
            shell.set("ROLLCALL_SERVERS", plain.url());

            assertThat(shell.run("subscribers", "orders", "--namespace=blue")).isZero();

            assertThat(plain.requests().get(0).target())
                    .isEqualTo("/api/v1/services/orders/subscribers?namespace=blue");
        }
        assertThat(shell.out().lines())
                .containsExactly(
                        "SUBSCRIBER  KIND   NODE  ADDRESS        SINCE                     SENT  ACKNOWLEDGED  LAG",
                        "checkout    watch  n1    10.0.0.9:5000  2026-01-01T00:00:00.000Z  42    40            2",
                        "",
                        "1 subscriber of orders, which is at index 42");
    }
}
