package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.workload.Requests;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** The scenario of callers that replace one instance at the same moment, each if nobody did before: one of them wins. */
final class ConditionalWrites {

    private static final InstanceRef REGISTER = new InstanceRef("config", "leader");
    private static final int ROUNDS = 20;
    private static final int CALLERS = 6;

    private final PlainClient client = new PlainClient(Duration.ofSeconds(20));
    private final ClusterProcess cluster;

    ConditionalWrites(ClusterProcess cluster) {
        this.cluster = cluster;
    }

    void run() {
        Outcome first =
                client.send(uri(0), Requests.register("cas", REGISTER, false).request());
        long modifyIndex = index(first);
        for (int round = 1; round <= ROUNDS; round++) {
            modifyIndex = race(round, modifyIndex);
        }
        new Checks(cluster).replicasAgree();
    }

    private long race(int round, long modifyIndex) {
        List<CompletableFuture<Outcome>> racing = IntStream.range(0, CALLERS)
                .mapToObj(caller -> client.sendAsync(uri(caller), replace("cas-" + round + "-" + caller, modifyIndex)))
                .toList();
        List<Outcome> outcomes = racing.stream().map(CompletableFuture::join).toList();
        List<Outcome> winners =
                outcomes.stream().filter(Outcome.Done.class::isInstance).toList();
        assertThat(winners)
                .as("winners of a race from index %s, all told: %s", modifyIndex, outcomes)
                .hasSize(1);
        assertThat(outcomes.stream().filter(outcome -> outcome.hasStatus(412)))
                .as("losers: %s", outcomes)
                .hasSize(CALLERS - 1);
        return index(winners.get(0));
    }

    private static ApiRequest replace(String requestId, long modifyIndex) {
        ApiRequest plain = Requests.register(requestId, REGISTER, false).request();
        Map<String, String> headers = new LinkedHashMap<>(plain.headers());
        headers.put("If-Match", "\"" + modifyIndex + "\"");
        return new ApiRequest(plain.method(), plain.path(), plain.body(), headers);
    }

    private URI uri(int caller) {
        List<NodeProcess> nodes = cluster.nodes();
        return nodes.get(caller % nodes.size()).http();
    }

    private static long index(Outcome outcome) {
        return outcome.reply()
                .orElseThrow(() -> new IllegalStateException("no answer: " + outcome))
                .index();
    }
}
