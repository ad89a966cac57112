package io.rollcall.cli.demo;

import static io.rollcall.client.fake.FakeNode.answer;
import static io.rollcall.client.fake.FakeNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Registration;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HeartTest {

    private static final FakeNode.Line RENEWED = answer(200, "{\"ttl\":\"6s\",\"nextHeartbeat\":\"2s\"}");
    private static final String HEARTBEAT = "PUT /api/v1/services/orders/instances/o-1/heartbeat?incarnation=7";
    private static final Schedule ALWAYS = new Schedule(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1));

    private final FakeNode node = new FakeNode();
    private final List<String> news = new ArrayList<>();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void beatsWhenItIsAskedToAndNotBefore() throws IOException {
        node.then(RENEWED);
        beatAt(Trouble.none(), 0, 1_999, 2_000, 3_999);

        assertThat(asked()).containsExactly(HEARTBEAT, HEARTBEAT);
        assertThat(news).isEmpty();
    }

    @Test
    void doesNotBeatWhileItIsSilent() throws IOException {
        node.then(RENEWED);
        beatAt(new Trouble(ALWAYS, "", ""), 0, 2_000);

        assertThat(asked()).isEmpty();
    }

    @Test
    void registersAgainWhenItIsNotKnown() throws IOException {
        node.then(problem(404, "instance-not-found"))
                .then(answer(201, Samples.json("o-1").replace("\"incarnation\":7", "\"incarnation\":9")))
                .then(RENEWED);
        beatAt(Trouble.none(), 0, 200);

        assertThat(asked())
                .containsExactly(
                        HEARTBEAT,
                        "PUT /api/v1/services/orders/instances/o-1?takeover=true",
                        HEARTBEAT.replace("7", "9"));
        assertThat(news).containsExactly("o-1 was not known to the registry, and registered again");
    }

    @Test
    void stopsWhenSomebodyElseHasRegisteredItsId() throws IOException {
        node.then(problem(410, "stale-incarnation"));
        beatAt(Trouble.none(), 0, 200, 10_000);

        assertThat(asked()).containsExactly(HEARTBEAT);
        assertThat(news).hasSize(1).first().asString().startsWith("o-1 was registered by somebody else");
    }

    @Test
    void triesAgainSoonWhenNobodyConfirms() throws IOException {
        node.then(problem(503, "no-leader", "Retry-After", "9")).then(RENEWED);
        beatAt(Trouble.none(), 0, 199, 200);

        assertThat(asked()).containsExactly(HEARTBEAT, HEARTBEAT);
    }

    private void beatAt(Trouble silent, long... millis) throws IOException {
        var builder = Registration.builder(Samples.KEY);
        try (RegistryClient registry = RegistryClient.builder()
                        .server(node.url())
                        .deadline(Duration.ofSeconds(5))
                        .build();
                SampleProvider provider =
                        SampleProvider.start(builder, "/orders", new Pace(Duration.ZERO), Trouble.none(), silent)) {
            Heart heart = new Heart(provider, Samples.instance("o-1", 100), registry, news::add, 0);
            for (long at : millis) {
                heart.beatIfDue(Duration.ofMillis(at).toNanos());
            }
        }
    }

    private List<String> asked() {
        return node.requests().stream()
                .map(request -> request.method() + " " + request.target())
                .toList();
    }
}
