package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.client.Outcome;
import io.rollcall.client.ReadOptions;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.RegistryClientBuilder;
import io.rollcall.client.Selection;
import io.rollcall.client.WriteOptions;
import io.rollcall.client.answer.BatchResult;
import io.rollcall.client.answer.Discovery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The client of the project, on real nodes: every operation once, and its calls while the leader dies. */
final class RegistryClientIT {

    // Beside whatever else the machine does an election may take longer than it should.
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration PACE = Duration.ofMillis(5);
    private static final int WRITES_BEFORE = 20;
    private static final int WRITES_AFTER = 40;

    @Test
    void callsSucceedWhileTheLeaderDies() {
        try (ClusterProcess cluster = Trial.cluster("client");
                RegistryClient client = client(cluster).build()) {
            tryEveryOperation(client);

            List<InstanceKey> registered = registerWhileTheLeaderDies(cluster, client);

            for (NodeProcess node : cluster.running()) {
                try (RegistryClient ofNode = clientOf(List.of(node)).build()) {
                    registered.forEach(key -> assertThat(ofNode.instance(key, ReadOptions.linearizable()))
                            .as("%s on %s", key, node.id())
                            .isInstanceOf(Outcome.Done.class));
                }
            }
        }
    }

    private static void tryEveryOperation(RegistryClient client) {
        ServiceKey service = client.service("users");
        Registration registration = registration("users", "u-1");
        InstanceKey key = registration.key();

        assertThat(client.previewRegister(registration, true, WriteOptions.none())
                        .orThrow()
                        .wouldChange())
                .isTrue();
        Outcome<Instance> created = client.registerNew(registration, WriteOptions.none());
        assertThat(created).isInstanceOfSatisfying(Outcome.Done.class, done -> {
            assertThat(done.index()).isPositive();
            assertThat(done.headers().node()).startsWith("n");
        });
        Instance first = created.orThrow();
        assertThat(client.registerNew(registration, WriteOptions.none()))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().is(ErrorCode.INSTANCE_ALREADY_EXISTS))
                                .isTrue());
        assertThat(client.register(registration, WriteOptions.none().withIfMatch("1000000")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().is(ErrorCode.PRECONDITION_FAILED))
                                .isTrue());
        Instance second = client.register(
                        registration, WriteOptions.none().withIfMatch(Long.toString(first.modifyIndex())))
                .orThrow();
        assertThat(second.incarnation()).isGreaterThan(first.incarnation());

        client.operations()
                .setStatus(key, new OperatorWord(InstanceStatus.MAINTENANCE, "try"), WriteOptions.none())
                .orThrow();
        assertThat(client.discover(service).orThrow().instances()).isEmpty();
        client.operations().clearStatus(key, WriteOptions.none()).orThrow();
        tryReads(client, service, key);
        tryDeregistrations(client, service, key, first);
    }

    private static void tryReads(RegistryClient client, ServiceKey service, InstanceKey key) {
        Discovery found = client.discover(
                        service,
                        Selection.healthy().withTag("env", "test").withFilter("zone == \"a\" and version >= \"1.0\""),
                        ReadOptions.linearizable().withPage(10, null))
                .orThrow();
        assertThat(found.instances()).extracting(Instance::key).containsExactly(key);
        assertThat(client.discover(service, Selection.healthy().withZone("b"), ReadOptions.stale())
                        .orThrow()
                        .instances())
                .isEmpty();
        assertThat(client.services(ReadOptions.stale()).orThrow().services()).hasSize(1);
        assertThat(client.instances(Selection.any(), ReadOptions.stale())
                        .orThrow()
                        .instances())
                .hasSize(1);
        assertThat(client.instance(key, ReadOptions.stale().withMaxStaleness(Duration.ofSeconds(30)))
                        .orThrow()
                        .status())
                .isEqualTo(InstanceStatus.PASSING);
        assertThat(client.operations().stats(ReadOptions.stale()).orThrow().totalInstances())
                .isEqualTo(1);
        assertThat(client.operations().cluster().orThrow().members()).hasSize(3);
        assertThat(client.discover(service, Selection.healthy().withFilter("zone =="), ReadOptions.stale()))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().is(ErrorCode.INVALID_REQUEST))
                                .isTrue());
    }

    private static void tryDeregistrations(RegistryClient client, ServiceKey service, InstanceKey key, Instance older) {
        assertThat(client.deregister(key, WriteOptions.none().withIncarnation(older.incarnation())))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().is(ErrorCode.STALE_INCARNATION))
                                .isTrue());
        assertThat(client.previewDeregister(key, WriteOptions.none()).orThrow().wouldChange())
                .isTrue();
        BatchResult batch = client.registerAll(
                        List.of(registration("users", "u-2"), registration("users", "u-3")), true, WriteOptions.none())
                .orThrow();
        assertThat(batch.refused()).isEmpty();
        assertThat(client.deregister(key, WriteOptions.none()).orThrow()).isTrue();
        assertThat(client.deregisterAll(service, Selection.any().withZone("a"), true, WriteOptions.none())
                        .orThrow())
                .isEqualTo(2);
    }

    /** One thread writes and reads its writes, and another discovers, without a break; no call of theirs may fail. */
    private static List<InstanceKey> registerWhileTheLeaderDies(ClusterProcess cluster, RegistryClient client) {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> discoveries = CompletableFuture.runAsync(
                () -> {
                    while (!over.get()) {
                        client.discover(client.service("orders")).orThrow();
                        Hold.forFault(PACE, "a consumer's pace");
                    }
                },
                task -> new Thread(task).start());
        List<InstanceKey> registered = new ArrayList<>();
        try {
            write(client, registered, WRITES_BEFORE);
            cluster.awaitLeader().kill();
            write(client, registered, WRITES_AFTER);
        } finally {
            over.set(true);
        }
        discoveries.join();
        return registered;
    }

    private static void write(RegistryClient client, List<InstanceKey> registered, int count) {
        for (int i = 0; i < count; i++) {
            Registration registration = registration("orders", "o-" + registered.size());
            assertThat(client.register(registration)).isInstanceOf(Outcome.Done.class);
            registered.add(registration.key());
            assertThat(client.discover(client.service("orders")).orThrow().instances())
                    .hasSize(registered.size());
        }
    }

    private static Registration registration(String service, String id) {
        return Registration.builder(InstanceKey.of("default", service, id))
                .address("127.0.0.1", 9000)
                .version("1.2.0")
                .tags(Map.of("env", "test"))
                .zone("a")
                .ttl(Duration.ZERO)
                .build();
    }

    private static RegistryClientBuilder client(ClusterProcess cluster) {
        return clientOf(cluster.nodes()).readYourWrites(true);
    }

    private static RegistryClientBuilder clientOf(List<NodeProcess> nodes) {
        return RegistryClient.builder()
                .servers(nodes.stream().map(node -> node.http().toString()).toList())
                .deadline(DEADLINE);
    }
}
