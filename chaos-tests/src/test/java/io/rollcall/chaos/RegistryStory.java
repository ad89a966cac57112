package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Paths;
import io.rollcall.chaos.call.CallEvent.Run;
import io.rollcall.chaos.call.CallEvent.Withdrawn;
import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.history.InstanceRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the registry itself tells of what became of the instances of a service. */
final class RegistryStory {

    private static final int PAGE = 1_000;
    private static final int OK = 200;
    private static final String PASSING = "passing";

    private final String service;
    private final JsonNode events;

    private RegistryStory(String service, JsonNode events) {
        this.service = service;
        this.events = events;
    }

    static RegistryStory of(PlainClient client, NodeProcess node, String service) {
        String path = Paths.SERVICES + "/" + service + "/history?consistency=linearizable&limit=" + PAGE;
        var outcome = client.send(node.http(), ApiRequest.get(path));
        JsonNode body = outcome.reply()
                .filter(answer -> answer.status() == OK)
                .map(Answer::body)
                .orElseThrow(() -> new AssertionError(node.id() + " tells no history: " + outcome));
        assertThat(body.path("cursor").asText("")).as("a second page").isEmpty();
        assertThat(body.path("events").size()).as("changes of %s", service).isPositive();
        return new RegistryStory(service, body.path("events"));
    }

    /** When an instance was passing no more. */
    List<Withdrawn> withdrawals(Instant origin) {
        List<Withdrawn> withdrawals = new ArrayList<>();
        for (JsonNode event : events) {
            String after = event.path("after").path("status").asText("gone");
            boolean wasPassing = event.path("before").path("status").asText().equals(PASSING);
            if (wasPassing && !after.equals(PASSING)) {
                InstanceRef ref =
                        new InstanceRef(service, event.path("instance").asText());
                int number =
                        event.path("before").path("metadata").path(Replica.RUN).asInt();
                long at = Duration.between(
                                origin, Instant.parse(event.path("time").asText()))
                        .toNanos();
                withdrawals.add(new Withdrawn(
                        new Run(ref, number), event.path("operation").asText() + ": " + after, at));
            }
        }
        return withdrawals;
    }
}
