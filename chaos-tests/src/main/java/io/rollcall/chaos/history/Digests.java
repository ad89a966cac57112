package io.rollcall.chaos.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Paths;
import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/** The check that replicas which applied the same commands hold the same state. */
public final class Digests {

    private Digests() {}

    /**
     * Waits until the given nodes, which nobody writes to, show a state hash at the same index, and compares the hashes.
     *
     * @param client any
     * @param nodes running, at least two
     * @param limit how long to wait for the same index
     * @return the index at which they were compared
     * @throws IllegalStateException if the hashes differ, or the indexes stay different
     */
    public static long awaitEqual(PlainClient client, List<NodeProcess> nodes, Duration limit) {
        try {
            return awaitSameIndex(client, nodes, limit);
        } catch (ConditionTimeoutException e) {
            // Whoever applied an entry twice, or not at all, never comes to the index of the others.
            throw new IllegalStateException("replicas differ in their index for " + limit, e);
        }
    }

    private static long awaitSameIndex(PlainClient client, List<NodeProcess> nodes, Duration limit) {
        List<Long> compared = new ArrayList<>();
        Conditions.await("state hashes at the same index", limit, () -> {
            List<JsonNode> newest =
                    nodes.stream().map(node -> newest(client, node)).toList();
            List<Long> indexes = newest.stream()
                    .map(body -> body.path("index").asLong())
                    .distinct()
                    .toList();
            if (indexes.size() != 1) {
                throw new AssertionError("newest state hashes are at different indexes: " + newest);
            }
            long hashes = newest.stream()
                    .map(body -> body.path("digest").asText())
                    .distinct()
                    .count();
            if (hashes != 1 || newest.get(0).path("digest").asText().isEmpty()) {
                throw new IllegalStateException("replicas differ: " + newest);
            }
            compared.add(indexes.get(0));
        });
        return compared.get(0);
    }

    /**
     * Compares the hashes of nodes that may be written to meanwhile, at the newest index of the first of them.
     *
     * @param client any
     * @param nodes running, at least two
     * @param limit how long to wait until all have come to that index
     * @return how many hashes were compared
     * @throws IllegalStateException if the hashes differ
     */
    public static int compareLive(PlainClient client, List<NodeProcess> nodes, Duration limit) {
        JsonNode first = digest(client, nodes.get(0), "");
        String query = "?index=" + first.path("index").asLong();
        for (NodeProcess node : nodes.subList(1, nodes.size())) {
            Conditions.await(node.id() + " to come to " + query, limit, () -> {
                JsonNode same = digest(client, node, query);
                if (!same.path("digest").equals(first.path("digest"))) {
                    throw new IllegalStateException("replicas differ: " + first + " and " + same);
                }
            });
        }
        return nodes.size();
    }

    private static JsonNode newest(PlainClient client, NodeProcess node) {
        return digest(client, node, "");
    }

    private static JsonNode digest(PlainClient client, NodeProcess node, String query) {
        Outcome outcome = client.send(node.http(), ApiRequest.get(Paths.CLUSTER_DIGEST + query));
        return outcome.reply()
                .filter(answer -> answer.status() == 200)
                .map(Answer::body)
                .orElseThrow(() -> new AssertionError(node.id() + " shows no state hash: " + outcome));
    }
}
