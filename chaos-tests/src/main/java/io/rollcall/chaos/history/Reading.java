package io.rollcall.chaos.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Paths;
import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.NodeProcess;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Reads everything that a node shows. */
public final class Reading {

    private static final int PAGE = 10_000;
    private static final int PAGES_MAX = 1_000;

    private Reading() {}

    /**
     * Reads all instances linearizably.
     *
     * @param client with a patient time limit
     * @param node which to ask
     * @return all that are registered, whatever their status
     * @throws AssertionError if the node does not answer with 200
     */
    public static Map<InstanceRef, InstanceState> all(PlainClient client, NodeProcess node) {
        return read(client, node, "status=any&", InstanceState::of);
    }

    /**
     * Reads what discovery returns, linearizably.
     *
     * @param client with a patient time limit
     * @param node which to ask
     * @param state reads one instance
     * @param <T> what is read of each
     * @return all that may take traffic
     * @throws AssertionError if the node does not answer with 200
     */
    public static <T> Map<InstanceRef, T> discovered(
            PlainClient client, NodeProcess node, Function<JsonNode, T> state) {
        // Lists show all where discovery does not.
        return read(client, node, "status=passing,warning&", state);
    }

    private static <T> Map<InstanceRef, T> read(
            PlainClient client, NodeProcess node, String selection, Function<JsonNode, T> state) {
        Map<InstanceRef, T> seen = new HashMap<>();
        String first = Paths.INSTANCES + "?" + selection + "consistency=linearizable&limit=" + PAGE;
        String path = first;
        for (int page = 0; page < PAGES_MAX; page++) {
            JsonNode body = answer(client, node, path).body();
            for (JsonNode instance : body.path("instances")) {
                InstanceRef ref = new InstanceRef(
                        instance.path("name").asText(), instance.path("id").asText());
                if (seen.put(ref, state.apply(instance)) != null) {
                    throw new AssertionError(node.id() + " lists " + ref + " twice");
                }
            }
            String cursor = body.path("cursor").asText("");
            if (cursor.isEmpty()) {
                return seen;
            }
            path = first + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
        }
        throw new AssertionError(node.id() + " gives more than " + PAGES_MAX + " pages");
    }

    private static Answer answer(PlainClient client, NodeProcess node, String path) {
        Outcome outcome = client.send(node.http(), ApiRequest.get(path));
        return outcome.reply()
                .filter(answer -> answer.status() == 200)
                .orElseThrow(() -> new AssertionError(node.id() + " answers " + path + " with " + outcome));
    }
}
