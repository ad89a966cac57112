package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.client.ReadOptions;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.Selection;
import io.rollcall.client.Watch;
import io.rollcall.client.WatchOptions;
import io.rollcall.client.tls.TlsContext;
import io.rollcall.client.watch.WatchedServices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Certificates that live for half a minute are replaced all the time, at nodes and clients, and nobody notices. */
final class TlsRotationIT {

    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration TOLD_LIMIT = Duration.ofSeconds(30);

    @Test
    @Tag("chaos")
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void noRequestFailsWhileEveryCertificateEnds() throws Exception {
        run("tls-rotation", Duration.ofSeconds(35), 1);
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void noRequestFailsInFiveMinutesOfReplacements() throws Exception {
        run("tls-rotation-long", Duration.ofMinutes(5), 3);
    }

    private static void run(String name, Duration duration, int leaderChanges) throws Exception {
        var certificates = new Certificates(Path.of("target", "chaos", name + "-tls"), LIFE);
        List<SteadyLoad> loads = new ArrayList<>();
        var options = ClusterOptions.named(name).within(certificates);
        try (ClusterProcess cluster = ClusterProcess.start(options);
                RegistryClient client = RegistryClient.builder()
                        .servers(cluster.nodes().stream()
                                .map(node -> node.http().toString())
                                .toList())
                        .tls(certificates.driver())
                        .build()) {
            WatchedServices known = new WatchedServices();
            try (Watch watch =
                    client.watch(List.of(client.service(SteadyLoad.SERVICE)), WatchOptions.healthy(), known::apply)) {
                for (NodeProcess node : cluster.nodes()) {
                    var load = new SteadyLoad(
                            node, TlsContext.open(certificates.driver()).context());
                    loads.add(load);
                    load.start();
                }
                int before = certificates.replaced();
                for (int i = 0; i < leaderChanges; i++) {
                    Hold.forFault(duration.dividedBy(leaderChanges + 1L), "certificates are replaced");
                    changeLeader(cluster, loads);
                }
                Hold.forFault(duration.dividedBy(leaderChanges + 1L), "certificates are replaced");
                for (SteadyLoad load : loads) {
                    load.stop();
                }

                Trial.LOG
                        .atInfo()
                        .addKeyValue(
                                "requests",
                                loads.stream().mapToLong(SteadyLoad::done).sum())
                        .addKeyValue("certificates", certificates.replaced() - before)
                        .addKeyValue("streams", watch.figures().streams())
                        .log("answered while certificates were replaced");
                assertThat(loads.stream().flatMap(load -> load.failures().stream()))
                        .as("failed requests")
                        .isEmpty();
                assertThat(loads).allSatisfy(load -> assertThat(load.done()).isGreaterThan(100));
                assertThat(certificates.replaced() - before).isGreaterThan((int) (duration.toSeconds() / 4));
                assertToldOfAll(client, known);
                assertThat(watch.figures().gaps()).as("gaps of the watch").isZero();
            }
        } finally {
            loads.forEach(SteadyLoad::close);
        }
    }

    /** Its own callers pause meanwhile: a node that is not there refuses connections, by TLS or not. */
    private static void changeLeader(ClusterProcess cluster, List<SteadyLoad> loads) throws Exception {
        NodeProcess leader = cluster.awaitLeader();
        SteadyLoad own = loads.stream()
                .filter(load -> load.node().equals(leader))
                .findFirst()
                .orElseThrow();
        own.stop();
        leader.terminate(STOP_LIMIT);
        assertThat(cluster.awaitLeader(cluster.running(), ClusterProcess.START_LIMIT))
                .isNotEqualTo(leader);
        leader.start();
        leader.awaitReady(ClusterProcess.START_LIMIT);
        own.start();
    }

    private static void assertToldOfAll(RegistryClient client, WatchedServices known) {
        Map<InstanceKey, Long> registered = client
                .discover(client.service(SteadyLoad.SERVICE), Selection.healthy(), ReadOptions.linearizable())
                .orThrow()
                .instances()
                .stream()
                .collect(Collectors.toMap(Instance::key, Instance::modifyIndex));
        Conditions.await(
                "the watch to tell of all",
                TOLD_LIMIT,
                () -> assertThat(known.instances(client.service(SteadyLoad.SERVICE)).stream()
                                .collect(Collectors.toMap(Instance::key, Instance::modifyIndex)))
                        .isEqualTo(registered));
    }
}
