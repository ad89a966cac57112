package io.rollcall.client.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** With the packaged server. */
final class RollcallExtensionIT {

    @RegisterExtension
    private static final RollcallExtension REGISTRY =
            RollcallExtension.builder().nodes(1).build();

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration END_LIMIT = Duration.ofSeconds(20);

    @Test
    void clientReachesTheRegistry() {
        var client = REGISTRY.client();
        var orders = client.service("orders");
        var registration = Registration.builder(new InstanceKey(orders, new InstanceId("orders-1")))
                .address("127.0.0.1", 8080)
                .build();

        client.register(registration).orThrow();

        assertThat(client.discover(orders).orThrow().instances())
                .extracting(instance -> instance.key().id())
                .containsExactly(new InstanceId("orders-1"));
        assertThat(REGISTRY.node(1).isReady()).isTrue();
        assertThat(REGISTRY.urls()).containsExactly(REGISTRY.node(1).url().toString());
    }

    @Test
    void nodeEndsWithTheProcessThatStartedIt(@TempDir Path folder) throws Exception {
        var file = folder.resolve("pid");
        var host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + folder,
                        "-D" + Distribution.HOME_PROPERTY + "=" + System.getProperty(Distribution.BUILD_PROPERTY),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostProgram.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("host.log").toFile())
                .start();
        try {
            await().atMost(START_LIMIT).untilAsserted(() -> assertThat(file).exists());
        } finally {
            host.destroyForcibly();
        }
        var node = ProcessHandle.of(Long.parseLong(Files.readString(file)));

        await().atMost(END_LIMIT)
                .untilAsserted(() -> assertThat(node.map(ProcessHandle::isAlive).orElse(false))
                        .isFalse());
    }
}
