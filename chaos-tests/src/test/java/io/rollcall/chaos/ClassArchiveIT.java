package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nodes take their classes from the archive: a JVM that cannot says nothing, and starts at half the speed. */
final class ClassArchiveIT {

    private static final Path FOLDER = Path.of("target", "chaos", "archive").toAbsolutePath();
    private static final String ARCHIVE = "/classes-" + Runtime.version().feature() + ".jsa";

    @Test
    void nodesOfScenariosAndOfTheLauncherMapIt() throws IOException {
        ClusterOptions options = new ClusterOptions(FOLDER.resolve("cluster"), 1, Map.of(), List.of(), List.of());
        try (ClusterProcess cluster = ClusterProcess.start(options)) {
            assertThat(mappedBy(cluster.nodes().get(0).pid())).contains(ARCHIVE);
        }

        String data = FOLDER.resolve("data").toString();
        try (Launcher server =
                Launcher.start(FOLDER, Map.of(), "server", "--http", ":0", "--raft", "127.0.0.1:0", "--data", data)) {
            server.awaitOutput("rollcall is serving");

            assertThat(mappedBy(server.pid())).contains(ARCHIVE);
            assertThat(server.output().lines()).allMatch(line -> line.startsWith("{"), "a line of the log");
        }
    }

    private static String mappedBy(long pid) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), "maps"));
    }
}
