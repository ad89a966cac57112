package io.rollcall.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.NameResolver;
import io.grpc.NameResolver.ResolutionResult;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import io.rollcall.api.model.Namespace;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.directory.DirectoryMode;
import io.rollcall.client.directory.DirectoryOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a channel is told when the registry is not there. */
final class RollcallNameResolverIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SynchronizationContext context = new SynchronizationContext((thread, failure) -> {
        throw new AssertionError(failure);
    });

    private final Told told = new Told();

    @Test
    void errorSaysWhyNothingIsKnownAndSinceWhen() throws Exception {
        try (var client = RegistryClient.builder().server(nobody()).build();
                var directory =
                        client.directory(DirectoryOptions.defaults().withFirstCallTimeout(Duration.ofMillis(100)))) {
            var resolver = resolver(RollcallNameResolverProvider.of(directory), "rollcall:///orders");

            resolver.start(told);
            awaitErrors(1);

            assertThat(told.errors.get(0).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(told.errors.get(0).getDescription())
                    .contains("nothing is known of service 'orders'", "ms", "last heard never");
            assertThat(told.results).isEmpty();

            // As the channel does, later and later.
            context.execute(resolver::refresh);
            awaitErrors(2);
            await().atMost(LIMIT).untilAsserted(() -> {
                context.execute(resolver::refresh);
                assertThat(told.errors.get(told.errors.size() - 1).getDescription())
                        .contains("the registry is OFFLINE");
            });

            context.execute(resolver::shutdown);
            var before = told.errors.size();
            context.execute(resolver::refresh);
            directory.clearCache();
            assertThat(told.errors).hasSize(before);
        }
    }

    @Test
    void environmentThatNamesNoRegistryIsAnErrorThatSaysWhatToSet() {
        var resolver = resolver(new RollcallNameResolverProvider(name -> null), "rollcall:///orders");

        resolver.start(told);

        assertThat(told.errors)
                .singleElement()
                .satisfies(error -> assertThat(error.getDescription()).contains("ROLLCALL_SERVERS"));
        resolver.shutdown();
    }

    @Test
    void channelsOfOneNamespaceShareAClientThatEndsWithTheLast() throws Exception {
        UnaryOperator<String> environment = Map.of(EnvironmentDirectories.SERVERS, " " + nobody() + ", ")::get;
        var directories = new EnvironmentDirectories(environment);

        var a = directories.acquire(null);
        var b = directories.acquire(new Namespace("default"));
        var c = directories.acquire(new Namespace("shop"));

        assertThat(b).isSameAs(a);
        assertThat(c.namespace().value()).isEqualTo("shop");
        directories.release(a);
        assertThat(directories.acquire(null)).isSameAs(a);
        directories.release(a);
        directories.release(b);
        directories.release(c);
        assertThat(directories.size()).isZero();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(List.of(a.mode(), c.mode())).containsOnly(DirectoryMode.CLOSED));
    }

    @Test
    void targetOfAnotherNamespaceThanTheClientsIsAnError() throws Exception {
        try (var client = RegistryClient.builder().server(nobody()).build()) {
            var resolver = resolver(RollcallNameResolverProvider.of(client), "rollcall://shop/orders");

            resolver.start(told);

            assertThat(told.errors)
                    .singleElement()
                    .satisfies(error -> assertThat(error.getDescription()).contains("'default'", "'shop'"));
        }
    }

    @Test
    void grpcFindsTheProviderAndTakesAGivenOneFirst() {
        var registry = NameResolverRegistry.getDefaultRegistry();
        assertThat(registry.getProviderForScheme("rollcall")).isInstanceOf(RollcallNameResolverProvider.class);

        try (var client = RegistryClient.builder().server("127.0.0.1:1").build()) {
            var given = RollcallNameResolverProvider.of(client);
            registry.register(given);

            assertThat(registry.getProviderForScheme("rollcall")).isSameAs(given);
            registry.deregister(given);
            assertThat(given.newNameResolver(URI.create("dns:///orders"), args()))
                    .isNull();
            assertThatThrownBy(() -> given.newNameResolver(URI.create("rollcall:///"), args()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void awaitErrors(int count) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(told.errors).hasSizeGreaterThanOrEqualTo(count));
    }

    private NameResolver resolver(RollcallNameResolverProvider provider, String target) {
        var resolver = provider.newNameResolver(URI.create(target), args());
        assertThat(resolver.getServiceAuthority()).isEqualTo("orders");
        return resolver;
    }

    private NameResolver.Args args() {
        return NameResolver.Args.newBuilder()
                .setDefaultPort(443)
                .setProxyDetector(address -> null)
                .setSynchronizationContext(context)
                .setServiceConfigParser(new NameResolver.ServiceConfigParser() {
                    @Override
                    public NameResolver.ConfigOrError parseServiceConfig(Map<String, ?> raw) {
                        return NameResolver.ConfigOrError.fromConfig(raw);
                    }
                })
                .build();
    }

    /** An address where nobody listens. */
    private static String nobody() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    private static final class Told extends NameResolver.Listener2 {

        private final List<ResolutionResult> results = new CopyOnWriteArrayList<>();
        private final List<Status> errors = new CopyOnWriteArrayList<>();

        @Override
        public void onResult(ResolutionResult result) {
            results.add(result);
        }

        @Override
        public Status onResult2(ResolutionResult result) {
            results.add(result);
            return Status.OK;
        }

        @Override
        public void onError(Status error) {
            errors.add(error);
        }
    }
}
