package io.rollcall.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of a node's classes, which the tests of later modules start their nodes with. */
final class ClassArchiveIT {

    private static final Path LIB = Path.of("target", "rollcall", "lib").toAbsolutePath();
    private static final Path SCRIPT =
            Path.of("..", "bin", "lib", "archive-classes").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void archiveIsMadeBesideTheJars() throws Exception {
        var archive = LIB.resolve("classes-" + Runtime.version().feature() + ".jsa");
        var begun = FileTime.from(Instant.now().minusSeconds(1));

        assertThat(run(LIB)).as(printed()).isZero();

        assertThat(Files.getLastModifiedTime(archive)).isGreaterThan(begun);
        assertThat(Files.size(archive)).isGreaterThan(1 << 20);
    }

    @Test
    void folderWithoutAServerIsAnErrorThatLeavesNothing() throws Exception {
        var empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(run(empty)).isEqualTo(1);

        assertThat(printed()).contains("the node whose classes are to be archived has ended", "rollcall-server.jar");
        assertThat(empty).isEmptyDirectory();
    }

    private int run(Path lib) throws Exception {
        var builder = new ProcessBuilder(SCRIPT.toString(), lib.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended").isTrue();
        return process.exitValue();
    }

    private String printed() throws Exception {
        return Files.readString(folder.resolve("output"));
    }
}
