package io.rollcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a node logs of, changed by its interface. */
final class LogLevelIT {

    private static final String PATH = "/api/v1/log-level";

    @TempDir
    Path folder;

    private HttpNode node;

    @BeforeEach
    void start() {
        node = new HttpNode(folder);
    }

    @AfterEach
    void stop() {
        node.put(PATH, "{\"logger\":\"log.level.it\",\"level\":null}");
        node.close();
    }

    @Test
    void levelIsSetShownAndTakenBack() {
        var set = node.put(PATH, "{\"logger\":\"log.level.it\",\"level\":\"DEBUG\",\"for\":\"1h\"}");

        assertThat(set.status()).isEqualTo(200);
        assertThat(LoggerFactory.getLogger("log.level.it.Some").isDebugEnabled())
                .isTrue();
        assertThat(node.get(PATH).json().path("levels")).anySatisfy(level -> {
            assertThat(level.path("logger").asText()).isEqualTo("log.level.it");
            assertThat(level.path("level").asText()).isEqualTo("DEBUG");
            assertThat(level.path("leftMillis").asLong()).isPositive();
        });

        assertThat(node.put(PATH, "{\"logger\":\"log.level.it\",\"level\":null}")
                        .status())
                .isEqualTo(200);
        assertThat(LoggerFactory.getLogger("log.level.it.Some").isDebugEnabled())
                .isFalse();
    }

    @Test
    void everyBadFieldIsNamed() {
        var reply = node.put(PATH, "{\"logger\":\"a b\",\"level\":\"LOUD\",\"for\":\"25h\",\"else\":1}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("logger", "level", "for", "else");
        assertThat(node.put(PATH, "{\"logger\":\"a\"}").status()).isEqualTo(400);
    }
}
