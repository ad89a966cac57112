package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.FreePorts;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.examples.Consumer;
import io.rollcall.examples.Provider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The two programs of the documentation, as processes, on a real registry. */
final class ExamplesIT {

    private static final Path FOLDER = Path.of("target", "chaos", "examples").toAbsolutePath();
    private static final String DISCOVERY = "/api/v1/services/user-service?consistency=linearizable";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration END_LIMIT = Duration.ofSeconds(5);

    private final PlainClient client = new PlainClient(Duration.ofSeconds(5));

    @Test
    void consumerCallsTheProviderThatDeregistersOnCtrlC() {
        ClusterOptions options = new ClusterOptions(FOLDER, 1, Map.of(), List.of(), List.of());
        try (ClusterProcess cluster = ClusterProcess.start(options)) {
            NodeProcess node = cluster.nodes().get(0);
            List<String> servers = List.of(node.http().toString());
            String port = FreePorts.find(1).get(0).toString();

            assertThat(consume(servers)).contains("no healthy instance");
            try (Program provider = Program.start(
                    FOLDER,
                    Provider.class,
                    Stream.concat(Stream.of(port), servers.stream()).toList())) {
                provider.awaitOutput("registered default/user-service/user-service-001");
                Conditions.await(
                        "it to be healthy",
                        LIMIT,
                        () -> assertThat(healthy(node)).containsExactly("user-service-001"));
                // A first call waits 2 s for the registry, which a busy machine may need to start a program.
                Conditions.await(
                        "a call to land",
                        LIMIT,
                        () -> assertThat(consume(servers)).contains("[\"ada\",\"grace\"]"));

                provider.terminate();

                Conditions.await(
                        "it to be deregistered",
                        END_LIMIT,
                        () -> assertThat(client.send(
                                                node.http(),
                                                ApiRequest.get(
                                                        "/api/v1/services/user-service/instances/user-service-001"))
                                        .hasStatus(404))
                                .isTrue());
                assertThat(provider.awaitEnd()).doesNotContain("ERROR", "WARN");
            }
            assertThat(consume(servers)).contains("no healthy instance");
        }
    }

    private static String consume(List<String> servers) {
        try (Program consumer = Program.start(FOLDER, Consumer.class, servers)) {
            return consumer.awaitEnd();
        }
    }

    private List<String> healthy(NodeProcess node) {
        List<String> ids = new ArrayList<>();
        client.send(node.http(), ApiRequest.get(DISCOVERY))
                .reply()
                .ifPresent(answer -> answer.body()
                        .path("instances")
                        .forEach(instance -> ids.add(instance.path("id").asText())));
        return ids;
    }
}
