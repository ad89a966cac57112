package io.rollcall.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.server.app.access.Credential;
import io.rollcall.server.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BootstrapFileTest {

    private static final String GOOD = "bootstrap.0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

    @TempDir
    private Path folder;

    private Path file(String content) throws Exception {
        return Files.writeString(folder.resolve("given"), content);
    }

    @Test
    void whatIsWrittenIsReadBackAndIsForItsOwnerAlone() throws Exception {
        Credential drawn = Credential.draw("bootstrap", new SecureRandom());
        BootstrapFile file = new BootstrapFile(folder);
        assertThat(file.read()).isNull();

        file.write(drawn);

        assertThat(file.read()).isEqualTo(drawn);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("bootstrap-token"))))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("bootstrap-token"));
        }
        file.delete();
        assertThat(file.read()).isNull();
    }

    @Test
    void drawnSecretHas256BitsAndIsInNoText() {
        Credential first = Credential.draw(new SecureRandom());
        Credential second = Credential.draw(new SecureRandom());

        assertThat(first.secret().reveal())
                .matches("[A-Za-z0-9_-]{43}")
                .isNotEqualTo(second.secret().reveal());
        assertThat(first.id()).matches("[0-9a-f]{20}").isNotEqualTo(second.id());
        assertThat(first.toString())
                .contains(first.id())
                .doesNotContain(first.secret().reveal());
        assertThat(first.secretHash()).matches("[0-9a-f]{64}");
    }

    @Test
    void strongOneIsTaken() throws Exception {
        assertThat(BootstrapFile.given(file(GOOD + "\n")).shown().reveal()).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bootstrap.",
                "bootstrap.short-but-otherwise-fine-12",
                "bootstrap.abababababababababababababababababababababab",
                "bootstrap.SecretKey012345678901234567890123456789012345678901234567890123456789",
                "bootstrap.VGhpc0lzTXlDdXN0b21TZWNyZXRLZXkwMTIzNDU2Nzg",
                "bootstrap.changeme-changeme-0123456789-changeme",
                "other.0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
                "bootstrap.0f1e2d3c4b5a69788796a5b4c3d2e1f0 0f1e2d3c4b5a69788796a5b4c3d2e1f0"
            })
    void weakOneIsRefusedWithoutSayingWhatItIs(String content) throws Exception {
        Path file = file(content);

        assertThatThrownBy(() -> BootstrapFile.given(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("bootstrap-token-file")
                .hasMessageContaining(file.toString())
                .satisfies(e -> {
                    if (content.length() > 30) {
                        assertThat(e.toString()).doesNotContain(content.substring(12));
                    }
                });
    }

    @Test
    void oneThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> BootstrapFile.given(folder.resolve("absent")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("absent");
    }
}
