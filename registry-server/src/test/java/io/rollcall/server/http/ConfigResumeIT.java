package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rollcall.server.http.EventConnection.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches of configuration of three whole nodes that remember few changes: at another node, and over a restart. */
final class ConfigResumeIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHANGES_REMEMBERED = 16;

    @TempDir
    Path folder;

    private ThreeNodes nodes;

    @BeforeEach
    void start() throws IOException {
        nodes = new ThreeNodes(
                folder,
                Map.of(
                        "ROLLCALL_WATCH_SYNC_INTERVAL",
                        "1s",
                        "ROLLCALL_WATCH_CONFIG_CHANGES",
                        Integer.toString(CHANGES_REMEMBERED)));
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(nodes.send("n1", "PUT", "/api/v1/config/first", "0")
                                .statusCode())
                        .isIn(200, 201));
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    private void write(String method, String key) {
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(
                                nodes.send("n2", method, "/api/v1/config/" + key, method.equals("PUT") ? "1" : null)
                                        .statusCode())
                        // What was answered as unknown may have been done: then there is nothing to delete any more.
                        .isIn(200, 201, 204, 404));
    }

    /** Changes under the prefix and elsewhere, more than are remembered, among them deletions and rollbacks. */
    private void changeMuch() {
        for (var i = 0; i < CHANGES_REMEMBERED; i++) {
            write("PUT", "a/" + i % 5);
            write("PUT", "b/" + i % 5);
        }
        write("DELETE", "a/1");
        write("POST", "a/1?rollback=1");
        write("PUT", "a/6");
    }

    /** All changes under the prefix behind an index, as the store has them. */
    private List<Long> changesBehind(long index) throws IOException {
        var indexes = new TreeSet<Long>();
        for (var key : List.of("a/0", "a/1", "a/2", "a/3", "a/4", "a/6")) {
            var history =
                    nodes.send("n2", "GET", "/api/v1/config/" + key + "?history=true&consistency=linearizable", null);
            JSON.readTree(history.body())
                    .path("versions")
                    .forEach(version -> indexes.add(version.path("modifyIndex").asLong()));
        }
        return List.copyOf(indexes.tailSet(index, false));
    }

    /** Reads all changes that were made, each of which is one event. */
    private long read(EventConnection stream, long from) throws IOException {
        var told = from;
        for (var index : changesBehind(from)) {
            var change = stream.nextNews();
            assertThat(change.type()).isEqualTo("config-change");
            assertThat(change.data().path("from").asLong()).isEqualTo(told);
            assertThat(change.data().path("to").asLong()).isEqualTo(index);
            assertThat(change.id()).isEqualTo(index);
            told = index;
        }
        return told;
    }

    @Test
    void streamGoesOnAtAnyNodeAndOverARestartWithoutASnapshot() throws Exception {
        changeMuch();
        var told = 0L;
        try (var stream = nodes.watch("n1", "?config=a/", 0)) {
            Event snapshot = stream.nextNews();
            assertThat(snapshot.type()).isEqualTo("config-snapshot");
            told = snapshot.data().path("index").asLong();
            changeMuch();
            told = read(stream, told);
        }
        var seen = told;
        for (var node : List.of("n2", "n3")) {
            changeMuch();
            try (var stream = nodes.watch(node, "?config=a/", seen)) {
                assertThat(stream.status).isEqualTo(200);
                assertThat(stream.next().data().path("subscription").asText()).startsWith(node + "-");
                told = read(stream, told);
                // Everything was told up to here, and not by this prefix alone.
                var sync = stream.next();
                assertThat(sync.type()).isEqualTo("sync");
                seen = sync.id();
                assertThat(seen).isGreaterThanOrEqualTo(told);
            }
        }
        changeMuch();
        nodes.running.remove("n3").stop();
        nodes.start("n3");
        nodes.awaitReady("n3");
        try (var stream = nodes.watch("n3", "?config=a/", seen)) {
            read(stream, told);
        }
        for (var node : nodes.running.keySet()) {
            assertThat(nodes.send(node, "GET", "/api/v1/cluster/watch", null).body())
                    .contains("\"resumesBySnapshot\":0", "\"restarts\":0");
        }
    }
}
