package io.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.audit.AuditFiles;
import io.rollcall.api.audit.AuditLine;
import io.rollcall.api.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditCommandTest {

    private final TestShell shell = new TestShell();

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

    @Test
    void aWholeLogIsToldWithItsHead() {
        assertThat(shell.run("audit", "verify", folder.toString())).isZero();

        assertThat(shell.out().lines()).containsExactly("whole: 2 lines in 1 file, 1 to 2", "head: 2:" + last.hash());
        assertThat(shell.run("audit", "verify", file.toString(), "--head", "2:" + last.hash()))
                .isZero();
    }

    @Test
    void theFirstBrokenLineIsTold() throws IOException {
        Files.writeString(file, Files.readString(file).replace("PUT /x", "PUT /y"));

        assertThat(shell.run("audit", "verify", folder.toString())).isEqualTo(ExitStatus.FAILURE);

        assertThat(shell.err()).contains("BROKEN", file.toString() + ", line 2", "it was changed");
        assertThat(shell.run("audit", "verify", folder.toString(), "--output", "json"))
                .isEqualTo(ExitStatus.FAILURE);
        assertThat(shell.out()).contains("\"line\" : 2");
    }

    @Test
    void aCutOffEndIsTold() {
        assertThat(shell.run("audit", "verify", folder.toString(), "--head", "3:" + last.hash()))
                .isEqualTo(ExitStatus.FAILURE);

        assertThat(shell.err()).contains("the end is missing");
    }

    @Test
    void whatIsNoLogIsAMistakeOfTheCaller() {
        assertThat(shell.run("audit", "verify", folder.resolve("nowhere").toString()))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(shell.run("audit", "verify", folder.toString(), "--head", "x"))
                .isEqualTo(ExitStatus.USAGE);
    }
}
