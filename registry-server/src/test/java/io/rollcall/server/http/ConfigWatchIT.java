package io.rollcall.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.server.http.HttpNode.Reply;
import io.rollcall.server.watch.WatchCounters.Count;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.Precondition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of configuration over real HTTP. */
final class ConfigWatchIT {

    @TempDir
    Path folder;

    private HttpNode node;

    @BeforeEach
    void start() {
        node = new HttpNode(folder);
    }

    @AfterEach
    void stop() {
        assertThat(node.faults).isEmpty();
        node.close();
    }

    private Reply put(String key, String text) {
        return node.sendBytes("PUT", "/api/v1/config/" + key, text.getBytes(UTF_8), "text/plain");
    }

    private static long index(Reply reply) {
        return Long.parseLong(reply.header("Registry-Index"));
    }

    private EventConnection watch(String query, String... headers) throws IOException {
        return new EventConnection(node.port, "/api/v1/watch" + query, headers);
    }

    @Test
    void eachChangeIsToldOnceInOrder() throws Exception {
        put("a/1", "one");
        var before = index(put("a/2", "two"));

        try (var stream = watch("?config=a/")) {
            assertThat(stream.status).isEqualTo(200);
            assertThat(stream.headers)
                    .containsEntry("content-type", "text/event-stream")
                    .containsKey("registry-subscription");
            var snapshot = stream.nextNews();
            assertThat(snapshot.type()).isEqualTo("config-snapshot");
            assertThat(snapshot.data().path("prefix").asText()).isEqualTo("a/");
            assertThat(snapshot.data().path("namespace").asText()).isEqualTo("default");
            assertThat(snapshot.data().path("index").asLong()).isEqualTo(before);
            assertThat(snapshot.data().path("keys").findValuesAsText("key")).containsExactly("a/1", "a/2");

            var second = index(put("a/1", "uno"));
            put("b/1", "another");
            node.delete("/api/v1/config/a/1");
            node.post("/api/v1/config/a/1?rollback=1", null);

            var change = stream.nextNews();
            assertThat(change.type()).isEqualTo("config-change");
            assertThat(change.id()).isEqualTo(second);
            assertThat(change.data().path("from").asLong()).isEqualTo(before);
            assertThat(change.data().path("to").asLong()).isEqualTo(second);
            assertThat(change.data().path("upserted").get(0).path("version").asLong())
                    .isEqualTo(2);
            assertThat(change.data().path("removed")).isEmpty();
            var deletion = stream.nextNews();
            assertThat(deletion.data().path("from").asLong()).isEqualTo(second);
            assertThat(deletion.data().path("upserted")).isEmpty();
            assertThat(deletion.data().path("removed").toString()).isEqualTo("[\"a/1\"]");
            assertThat(deletion.data().path("deletions").get(0).path("deleted").asBoolean())
                    .isTrue();
            var rollback = stream.nextNews();
            assertThat(rollback.data().path("from").asLong())
                    .isEqualTo(deletion.data().path("to").asLong());
            assertThat(rollback.data().path("upserted").get(0).path("version").asLong())
                    .isEqualTo(4);
        }
    }

    @Test
    void valuesAreNotToldAndSecretsAreNamedAlone() throws Exception {
        try (var stream = watch("?config=")) {
            stream.nextNews();
            put("a/s?secret=true", "hush");

            var change = stream.nextNews();

            assertThat(change.data().path("upserted").get(0).path("secret").asBoolean())
                    .isTrue();
            assertThat(change.data().toString()).doesNotContain("hush").doesNotContain("value");
        }
        try (var stream = watch("?config=")) {
            assertThat(stream.nextNews().data().toString())
                    .contains("\"a/s\"")
                    .doesNotContain("hush")
                    .doesNotContain("value");
        }
    }

    @Test
    void streamIsOfOneNamespace() throws Exception {
        try (var stream = watch("?config=&namespace=blue")) {
            assertThat(stream.nextNews().data().path("namespace").asText()).isEqualTo("blue");
            put("a/1", "here");
            put("a/1?namespace=blue", "there");

            var change = stream.nextNews();

            assertThat(change.data().path("upserted").get(0).path("namespace").asText())
                    .isEqualTo("blue");
        }
    }

    @Test
    void streamGoesOnBehindTheLastEventId() throws Exception {
        put("a/1", "one");
        var seen = index(put("a/1", "two"));
        put("b/1", "another");
        var missed = index(put("a/1", "three"));

        try (var stream = watch("?config=a/", "Last-Event-ID", Long.toString(seen))) {
            var hello = stream.next();
            assertThat(hello.type()).isEqualTo("sync");
            assertThat(hello.data().path("subscription").asText())
                    .isEqualTo(stream.headers.get("registry-subscription"));
            var change = stream.nextNews();
            assertThat(change.data().path("from").asLong()).isEqualTo(seen);
            assertThat(change.data().path("to").asLong()).isEqualTo(missed);
            var name = stream.headers.get("registry-subscription");
            assertThat(node.put("/api/v1/watch/" + name, "{\"index\":" + missed + "}")
                            .status())
                    .isEqualTo(204);
        }
    }

    @Test
    void changesElsewhereWakeNobody() throws Exception {
        put("a/1", "one");
        try (var stream = watch("?config=a/")) {
            stream.nextNews();
            for (var i = 0; i < 50; i++) {
                put("b/" + i, "x");
            }
            var last = index(put("a/1", "two"));

            assertThat(stream.nextNews().id()).isEqualTo(last);
            assertThat(node.hub.counters().get(Count.WAKEUPS)).isEqualTo(1);
            assertThat(node.hub.counters().get(Count.USELESS_WAKEUPS)).isZero();
        }
    }

    @Test
    void twentyThousandKeysComeInBoundedPieces() throws Exception {
        var keys = 20_000;
        for (var from = 0; from < keys; from += 500) {
            node.cluster.applyAll(IntStream.range(from, from + 500)
                    .<Command>mapToObj(ConfigWatchIT::put)
                    .toList());
        }
        try (var stream = watch("?config=many/")) {
            var told = new HashSet<String>();
            var more = true;
            while (more) {
                var piece = stream.nextNews();
                assertThat(piece.type()).isEqualTo("config-snapshot");
                assertThat(piece.data().toString().length()).isLessThan(70_000);
                piece.data()
                        .path("keys")
                        .forEach(key -> told.add(key.path("key").asText()));
                more = piece.data().path("more").asBoolean();
                assertThat(piece.id())
                        .isEqualTo(more ? null : piece.data().path("index").asLong());
            }
            assertThat(told).hasSize(keys);
            var next = index(put("many/7", "new"));
            assertThat(stream.nextNews().id()).isEqualTo(next);
        }
    }

    private static Command put(int number) {
        return new Command.PutConfig(
                CommandHeader.of("put-" + number),
                ConfigKey.of("default", "many/" + number),
                ContentType.DEFAULT,
                false,
                ConfigValue.of(new byte[] {1}),
                Precondition.NONE);
    }

    @Test
    void whatCannotBeFollowedIsNamed() throws Exception {
        try (var stream = watch("?config=a/&service=orders&tag=env:prod")) {
            assertThat(stream.status).isEqualTo(400);
            var errors = stream.json().path("errors");
            assertThat(errors.findValuesAsText("field")).containsExactly("service", "tag");
        }
        for (var bad :
                new String[] {"?config=a/&config=b/", "?config=/a", "?config=a%20b", "?config=" + "x".repeat(513)}) {
            try (var stream = watch(bad)) {
                assertThat(stream.status).as(bad).isEqualTo(400);
                assertThat(stream.json().path("errors").findValuesAsText("field"))
                        .as(bad)
                        .containsExactly("config");
            }
        }
    }

    @Test
    void nodeThatStopsEndsTheStreamInGoodOrder() throws Exception {
        try (var stream = watch("?config=")) {
            stream.nextNews();
            node.stop();

            assertThat(stream.nextNews()).isNull();
        }
    }

    @Test
    void whoHasGoneLeavesNothing() throws Exception {
        try (var stream = watch("?config=a/")) {
            stream.nextNews();
        }

        await().atMost(10, SECONDS).untilAsserted(() -> {
            put("a/1", "x");
            assertThat(node.hub.figures().streams()).isZero();
        });
    }
}
