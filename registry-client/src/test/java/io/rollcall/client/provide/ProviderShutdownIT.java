package io.rollcall.client.provide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.client.fake.FakeCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProviderShutdownIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String INSTANCE = "/services/orders/instances/o-7";
    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    private Path folder;

    @Test
    void sigtermTakesTheInstanceOut() throws Exception {
        try (FakeCluster cluster = new FakeCluster(3)) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-XX:TieredStopAtLevel=1",
                    "-Dotel.service.name=orders",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ProviderProgram.class.getName(),
                    folder.resolve("registered").toString()));
            command.addAll(cluster.urls());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile());
            builder.environment().put("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=o-7,service.version=2%2E0");
            Process process = builder.start();
            try {
                await().atMost(LIMIT)
                        .untilAsserted(
                                () -> assertThat(folder.resolve("registered")).exists());
                assertThat(cluster.registration("orders/o-7").version()).isEqualTo("2.0");

                process.destroy();

                assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
                assertThat(cluster.count()).as("%s", cluster.lines()).isZero();
                assertThat(cluster.lines()).anyMatch(line -> line.startsWith("POST " + INSTANCE + "/drain?wait="));
                assertThat(cluster.lines()).last().asString().startsWith("DELETE " + INSTANCE + "?incarnation=");
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
