package io.rollcall.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.directory.DirectoryOptions;
import io.rollcall.client.directory.ServiceDirectory;
import io.rollcall.client.directory.StaleAction;
import io.rollcall.client.junit.RollcallExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Real servers, a real channel, and the packaged registry. */
final class GrpcChannelIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A call that was under way when its server was killed is made once more. */
    private static final Map<String, ?> ROUND_ROBIN_WITH_RETRIES = Map.of(
            "loadBalancingConfig",
            List.of(Map.of("round_robin", Map.of())),
            "methodConfig",
            List.of(Map.of(
                    "name",
                    List.of(Map.of()),
                    "retryPolicy",
                    Map.of(
                            "maxAttempts",
                            4.0,
                            "initialBackoff",
                            "0.05s",
                            "maxBackoff",
                            "0.5s",
                            "backoffMultiplier",
                            2.0,
                            "retryableStatusCodes",
                            List.of("UNAVAILABLE")))));

    @RegisterExtension
    private static final RollcallExtension REGISTRY =
            RollcallExtension.builder().build();

    private ServiceDirectory directory;
    private RollcallNameResolverProvider provider;

    @BeforeEach
    void register() {
        register(REGISTRY.client().directory(DirectoryOptions.defaults()));
    }

    private void register(ServiceDirectory source) {
        directory = source;
        provider = RollcallNameResolverProvider.of(source);
        NameResolverRegistry.getDefaultRegistry().register(provider);
    }

    @AfterEach
    void deregister() {
        NameResolverRegistry.getDefaultRegistry().deregister(provider);
        directory.close();
    }

    private void replace(ServiceDirectory source) {
        deregister();
        register(source);
    }

    @Test
    void callsGoOnWhileInstancesAndTheRegistryComeAndGo(@TempDir Path folder) throws Exception {
        var client = REGISTRY.client();
        var orders = client.service("orders");
        var channel = ManagedChannelBuilder.forTarget("rollcall:///orders?protocol=grpc")
                .defaultServiceConfig(ROUND_ROBIN_WITH_RETRIES)
                .usePlaintext()
                .build();
        try (var a = Provider.startProcess(client, orders, "a", folder);
                var b = Provider.start(client, orders, "b");
                var caller = new Caller(channel)) {
            caller.awaitAnswersOf("a", "b");

            try (var c = Provider.start(client, orders, "c")) {
                caller.awaitAnswersOf("a", "b", "c");

                b.leave();
                caller.awaitAnswersOf("a", "c");
                b.kill();

                a.kill();
                caller.awaitAnswersOf("c");
                await().atMost(LIMIT)
                        .untilAsserted(
                                () -> assertThat(directory.viewNow(orders).instances())
                                        .hasSize(1));

                REGISTRY.node(1).kill();
                caller.awaitAnswersOf("c");
                assertThat(askThroughAnotherChannel("rollcall:///orders")).isEqualTo("c");

                REGISTRY.node(1).restart();
                try (var d = Provider.start(client, orders, "d")) {
                    caller.awaitAnswersOf("c", "d");
                    d.leave();
                    caller.awaitAnswersOf("c");
                }

                // The policy's own: the last ones are kept while they answer.
                c.leave();
                await().atMost(LIMIT)
                        .untilAsserted(
                                () -> assertThat(directory.viewNow(orders).instances())
                                        .isEmpty());
                caller.awaitAnswersOf("c");

                caller.finish();
                assertThat(caller.failures()).isEmpty();
            }
        } finally {
            end(channel);
        }
    }

    private static String askThroughAnotherChannel(String target) throws InterruptedException {
        var channel = ManagedChannelBuilder.forTarget(target).usePlaintext().build();
        try {
            return Who.ask(channel, CallOptions.DEFAULT);
        } finally {
            end(channel);
        }
    }

    @Test
    void channelOfTheDefaultPolicyFindsTheNextInstance() throws Exception {
        var client = REGISTRY.client();
        var users = client.service("users");
        var channel = ManagedChannelBuilder.forTarget("rollcall:///users")
                .usePlaintext()
                .build();
        try (var a = Provider.start(client, users, "a")) {
            assertThat(Who.ask(channel, CallOptions.DEFAULT)).isEqualTo("a");

            a.leave();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThatThrownBy(() -> Who.ask(channel, CallOptions.DEFAULT))
                            .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                                assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                                assertThat(e).hasMessageContainingAll("default/users: 0 instances at index", "ms old");
                            }));
            a.kill();

            try (var b = Provider.start(client, users, "b", "localhost")) {
                assertThat(Who.ask(channel, CallOptions.DEFAULT.withWaitForReady()))
                        .isEqualTo(b.name());
            }
        } finally {
            end(channel);
        }
    }

    @Test
    void channelStartsFromDiskUnlessThatIsTooOld(@TempDir Path folder) throws Exception {
        var options = DirectoryOptions.defaults().withCacheFolder(folder);
        var client = REGISTRY.client();
        var carts = client.service("carts");
        try (var a = Provider.start(client, carts, "a");
                var nobody = RegistryClient.builder().server("127.0.0.1:1").build()) {
            try (var earlier = client.directory(options)) {
                assertThat(earlier.view(carts).instances()).hasSize(1);
            }

            replace(nobody.directory(options));
            assertThat(askThroughAnotherChannel("rollcall:///carts")).isEqualTo(a.name());

            replace(nobody.directory(
                    options.withMaxStaleness(Duration.ofMillis(1)).withStaleAction(StaleAction.REFUSE)));
            var channel = ManagedChannelBuilder.forTarget("rollcall:///carts")
                    .usePlaintext()
                    .build();
            try {
                // Until the directory's next look at the time it may answer.
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThatThrownBy(() -> Who.ask(channel, CallOptions.DEFAULT))
                                .isInstanceOf(StatusRuntimeException.class)
                                .hasMessageContainingAll("default/carts: 1 instances", "by DISK", "maxStaleness"));
            } finally {
                end(channel);
            }
        }
    }

    private static void end(ManagedChannel channel) throws InterruptedException {
        channel.shutdownNow();
        assertThat(channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
}
