package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.cluster.Conditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever kills the suite in the middle of a fault finds the machine as it was: no node, no mount, nothing frozen. */
final class DriverDeathIT {

    private static final Path FOLDER =
            Path.of("target", "chaos", "driver-death").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void nothingOutlivesTheDriver() {
        try (Launcher driver = Launcher.start(
                FOLDER,
                Map.of(),
                "chaos",
                "--faults",
                "pause",
                "--folder",
                FOLDER.resolve("run").toString())) {
            driver.awaitOutput("fault 1: pause");
            assertThat(nodes()).hasSize(3);
        }
        Conditions.await("all nodes to end", LIMIT, () -> assertThat(nodes()).isEmpty());
        Conditions.await("all disks to go", LIMIT, () -> assertThat(mounts()).isEmpty());
    }

    private static List<ProcessHandle> nodes() {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process.pid()).contains("--data\0" + FOLDER)
                        || commandLine(process.pid()).contains("--data\0" + disks()))
                .toList();
    }

    private static Path disks() {
        return Path.of("target", "chaos-disks", "cli-").toAbsolutePath();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
        } catch (IOException ended) {
            return "";
        }
    }

    private static List<String> mounts() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/mounts"))) {
            return lines.filter(line -> line.contains(disks().toString())).toList();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the mounts", e);
        }
    }
}
