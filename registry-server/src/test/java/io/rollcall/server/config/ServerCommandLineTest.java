package io.rollcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerCommandLineTest {

    private final ServerCommandLine line = new ServerCommandLine();

    @Test
    void optionsAreReadByKey() {
        var parsed = line.parse("--id", "n2", "--http=127.0.0.1:1", "--insecure", "--config", "x.conf");

        assertThat(parsed.helpAsked()).isFalse();
        assertThat(parsed.texts())
                .containsOnlyKeys("id", "http", "insecure", "config")
                .containsEntry("id", "n2")
                .containsEntry("http", "127.0.0.1:1")
                .containsEntry("insecure", "true");
    }

    @Test
    void helpIsRecognised() {
        assertThat(line.parse("--help").helpAsked()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--dns", "--join", "--acl-default", "--encryption-keyset", "--tls-cert", "stray", "--id"})
    void unknownOptionIsRefusedWithItsName(String option) {
        assertThatThrownBy(() -> line.parse(option))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(option)
                .hasMessageContaining("see --help");
    }
}
