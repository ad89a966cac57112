package io.rollcall.cli;

import static io.rollcall.client.fake.FakeNode.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.http.Json;
import io.rollcall.client.fake.FakeNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The command about what a node logs of. */
final class LogLevelCommandTest {

    private static final String LEVELS = "{\"levels\":[{\"logger\":\"ROOT\",\"level\":\"INFO\"},"
            + "{\"logger\":\"io.rollcall.server.raft\",\"level\":\"DEBUG\",\"leftMillis\":599900}]}";

    private final FakeNode node = new FakeNode();
    private final TestShell shell = TestShell.asking(node.url());

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void levelsAreShown() {
        node.then(answer(200, LEVELS));

        assertThat(shell.run("log-level")).isZero();

        assertThat(shell.out()).contains("LOGGER").containsPattern("io\\.rollcall\\.server\\.raft +DEBUG +599s");
        assertThat(node.requests().get(0).method()).isEqualTo("GET");
    }

    @Test
    void levelIsSetForAWhileAndTakenBack() throws Exception {
        node.then(answer(200, LEVELS)).then(answer(200, LEVELS));

        assertThat(shell.run("log-level", "io.rollcall.server.raft", "debug", "--for=10m"))
                .isZero();
        assertThat(shell.run("log-level", "io.rollcall.server.raft", "default")).isZero();

        FakeNode.Request set = node.requests().get(0);
        assertThat(set.method()).isEqualTo("PUT");
        assertThat(set.target()).isEqualTo("/api/v1/log-level");
        assertThat(Json.mapper().readTree(set.body()))
                .isEqualTo(Json.mapper()
                        .readTree("{\"logger\":\"io.rollcall.server.raft\",\"level\":\"DEBUG\",\"for\":\"10m\"}"));
        assertThat(Json.mapper()
                        .readTree(node.requests().get(1).body())
                        .path("level")
                        .isNull())
                .isTrue();
    }
}
