package io.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.audit.AuditFiles;
import io.rollcall.api.audit.AuditLine;
import io.rollcall.api.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private Path file;
    private AuditLine last;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve(AuditFiles.name(1));
        var header = AuditLine.seal(
                1, AuditLine.GENESIS, Json.mapper().createObjectNode().put("kind", "file"));
        last = AuditLine.seal(
                2,
                header.hash(),
                Json.mapper().createObjectNode().put("kind", "event").put("operation", "PUT /x"));
        Files.writeString(file, header.text() + "\n" + last.text() + "\n");
    }

    private int run(String... args) {
        var terminal = new Terminal(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                new ByteArrayInputStream(new byte[0]),
                Map.of());
        return RollcallCommand.run(terminal, args);
    }

    @Test
    void aWholeLogIsToldWithItsHead() {
        assertThat(run("audit", "verify", folder.toString())).isZero();

        assertThat(out.toString().lines())
                .containsExactly("whole: 2 lines in 1 file, 1 to 2", "head: 2:" + last.hash());
        assertThat(run("audit", "verify", file.toString(), "--head", "2:" + last.hash()))
                .isZero();
    }

    @Test
    void theFirstBrokenLineIsTold() throws IOException {
        Files.writeString(file, Files.readString(file).replace("PUT /x", "PUT /y"));

        assertThat(run("audit", "verify", folder.toString())).isEqualTo(ExitStatus.FAILURE);

        assertThat(err.toString()).contains("BROKEN", file.toString() + ", line 2", "it was changed");
        assertThat(run("audit", "verify", folder.toString(), "--output", "json"))
                .isEqualTo(ExitStatus.FAILURE);
        assertThat(out.toString()).contains("\"line\" : 2");
    }

    @Test
    void aCutOffEndIsTold() {
        assertThat(run("audit", "verify", folder.toString(), "--head", "3:" + last.hash()))
                .isEqualTo(ExitStatus.FAILURE);

        assertThat(err.toString()).contains("the end is missing");
    }

    @Test
    void whatIsNoLogIsAMistakeOfTheCaller() {
        assertThat(run("audit", "verify", folder.resolve("nowhere").toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(run("audit", "verify", folder.toString(), "--head", "x")).isEqualTo(ExitStatus.USAGE);
    }
}
