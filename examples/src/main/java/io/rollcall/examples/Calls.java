package io.rollcall.examples;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.client.Heartbeat;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.RegistryClientBuilder;
import io.rollcall.client.answer.Renewal;
import io.rollcall.client.error.InstanceAddressConflictException;
import io.rollcall.client.error.OutcomeUnknownException;
import io.rollcall.client.tls.TlsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Single calls to a registry, and what becomes of them. */
final class Calls {

    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private Calls() {}

    static void one() {
        // docs: calls
        try (RegistryClient registry = RegistryClient.builder()
                .server("http://10.0.0.1:8500")
                .server("http://10.0.0.2:8500")
                .server("http://10.0.0.3:8500")
                .build()) {
            Registration me = Registration.builder(
                            new InstanceKey(registry.service("orders"), new InstanceId("orders-1")))
                    .address("10.0.1.7", 8080)
                    .tags(Map.of("env", "prod"))
                    .build();
            Outcome<Instance> outcome = registry.register(me);
            List<Instance> users =
                    registry.discover(registry.service("users")).orThrow().instances();
            LOG.info("{} may call {}", outcome.orThrow().key(), users);
        }
        // docs: end
    }

    static void errors(RegistryClient registry, Registration me) {
        // docs: errors
        try {
            registry.register(me).orThrow();
        } catch (InstanceAddressConflictException taken) {
            LOG.warn("{} lives at {}", me.key(), taken.holder());
        } catch (OutcomeUnknownException unknown) {
            LOG.warn("perhaps registered; to be repeated under {}", unknown.requestId());
        }
        // docs: end
    }

    static CompletableFuture<Void> async(RegistryClient registry) {
        // docs: async
        CompletableFuture<Void> told = registry.async()
                .discover(registry.service("users"))
                .thenAccept(users -> LOG.info("{}", users.orThrow().instances()));
        // docs: end
        return told;
    }

    static RegistryClientBuilder tls() {
        // docs: tls
        RegistryClientBuilder builder = RegistryClient.builder()
                .server("https://registry-1.example:8500")
                .tls(TlsOptions.system()
                        .withAuthorities(Path.of("ca.pem"))
                        .withCertificate(Path.of("client.pem"), Path.of("client.key")));
        // docs: end
        return builder;
    }

    static Duration beat(RegistryClient registry, Instance instance) {
        // docs: heartbeat
        Renewal lease = registry.heartbeat(new Heartbeat(instance.key(), instance.incarnation()))
                .orThrow();
        // beat again after lease.nextHeartbeat()
        // docs: end
        return lease.nextHeartbeat();
    }
}
