package io.rollcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rollcall.server.http.HttpNode.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happened, and who was registered at an earlier instant, over HTTP. */
final class HistoryIT {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @TempDir
    static Path folder;

    private static HttpNode node;

    @BeforeAll
    static void start() {
        node = new HttpNode(folder);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static JsonNode put(String service, String id, int port, String... headers) {
        Reply reply = node.put(
                "/api/v1/services/" + service + "/instances/" + id + "?takeover=true",
                "{\"host\":\"10.0.0.1\",\"port\":" + port + "}",
                headers);
        assertThat(reply.status()).isLessThan(300);
        return reply.json();
    }

    private static List<JsonNode> events(String path) {
        List<JsonNode> events = new ArrayList<>();
        node.get(path).json().path("events").forEach(events::add);
        return events;
    }

    private static String timeOf(JsonNode event) {
        return event.path("time").asText();
    }

    /** Waits until the clock has moved on, so that what follows has a time of its own. */
    private static void tick() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() <= now) {
            Thread.onSpinWait();
        }
    }

    @Test
    void everyChangeIsToldNewestFirstWithBeforeAndAfter() {
        JsonNode first = put("told", "a", 80, "traceparent", TRACE);
        JsonNode second = put("told", "a", 81);
        node.put("/api/v1/services/told/instances/a/status", "{\"status\":\"draining\",\"reason\":\"r\"}");
        node.delete("/api/v1/services/told/instances/a");

        Reply reply = node.get("/api/v1/services/told/history");
        List<JsonNode> events = events("/api/v1/services/told/history");

        assertThat(reply.json().path("knownSince").isNull()).isTrue();
        assertThat(reply.header("Registry-Index"))
                .isEqualTo(events.get(0).path("index").asText());
        assertThat(events)
                .extracting(event -> event.path("operation").asText())
                .containsExactly("deregistered", "operator-word-set", "replaced", "registered");
        assertThat(events.get(3).path("before").isNull()).isTrue();
        assertThat(events.get(3).path("after")).isEqualTo(first);
        assertThat(events.get(3).path("traceId").asText()).isEqualTo(TRACE.substring(3, 35));
        assertThat(events.get(2).path("before")).isEqualTo(first);
        assertThat(events.get(2).path("after")).isEqualTo(second);
        assertThat(events.get(2).path("traceId").isNull()).isTrue();
        assertThat(events.get(1).path("after").path("status").asText()).isEqualTo("draining");
        assertThat(events.get(0).path("before")).isEqualTo(events.get(1).path("after"));
        assertThat(events.get(0).path("after").isNull()).isTrue();
    }

    @Test
    void pagesInstancesAndTimesNarrowIt() {
        for (int i = 0; i < 5; i++) {
            put("paged", i % 2 == 0 ? "a" : "b", 80 + i);
            tick();
        }
        String path = "/api/v1/services/paged/history";
        List<JsonNode> all = events(path);

        JsonNode page = node.get(path + "?limit=2").json();
        JsonNode next = node.get(
                        path + "?limit=10&cursor=" + page.path("cursor").asText())
                .json();

        assertThat(page.path("events")).containsExactlyElementsOf(all.subList(0, 2));
        assertThat(next.path("events")).containsExactlyElementsOf(all.subList(2, 5));
        assertThat(next.has("cursor")).isFalse();
        assertThat(events(path + "?instance=b")).containsExactly(all.get(1), all.get(3));
        assertThat(events(path + "?since=" + timeOf(all.get(2)) + "&until=" + timeOf(all.get(1))))
                .containsExactly(all.get(1), all.get(2));
        assertThat(events(path + "?until=1999-12-31T23:59:59-01:00")).isEmpty();
        assertThat(events("/api/v1/services/nobody/history")).isEmpty();
    }

    @Test
    void anEarlierInstantAnswersAsThePresentDidThen() {
        put("past", "a", 80);
        put("past", "b", 80);
        String discovered = node.get("/api/v1/services/past").text();
        String listed = node.get("/api/v1/services/past/instances/b").text();
        String then = timeOf(events("/api/v1/services/past/history").get(0));
        tick();
        node.delete("/api/v1/services/past/instances/b");
        put("past", "c", 80);

        assertThat(node.get("/api/v1/services/past?at=" + then).text()).isEqualTo(discovered);
        assertThat(node.get("/api/v1/services/past?limit=1&at=" + then).json().path("instances"))
                .hasSize(1);
        assertThat(node.get("/api/v1/services/past/instances/b?at=" + then).text())
                .isEqualTo(listed);
        Reply missing = node.get("/api/v1/services/past/instances/c?at=" + then);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().path("detail").asText()).contains("was not registered at " + then);
        assertThat(node.get("/api/v1/services/past?at=" + then + "&filter=id%20%3D%3D%20%22a%22")
                        .json()
                        .path("instances"))
                .hasSize(1);
        assertThat(node.get("/api/v1/services/past").json().path("instances")).hasSize(2);
    }

    @Test
    void listsAndCountsOfAnEarlierInstantSeeOneMoment() {
        put("first", "a", 80);
        node.put("/api/v1/services/first/instances/n?namespace=space", "{\"host\":\"h\",\"port\":1}");
        String listed = node.get("/api/v1/services?namespace=space").text();
        String stats = node.get("/api/v1/stats?namespace=space").text();
        String instances = node.get("/api/v1/instances?namespace=space").text();
        String then =
                timeOf(events("/api/v1/services/first/history?namespace=space").get(0));
        tick();
        node.delete("/api/v1/services/first/instances/n?namespace=space");
        node.put("/api/v1/services/later/instances/n?namespace=space", "{\"host\":\"h\",\"port\":1}");

        String at = "&at=" + then;
        assertThat(node.get("/api/v1/services?namespace=space" + at).json().path("services"))
                .isEqualTo(json(listed).path("services"));
        assertThat(node.get("/api/v1/instances?namespace=space" + at).json().path("instances"))
                .isEqualTo(json(instances).path("instances"));
        JsonNode counted = node.get("/api/v1/stats?namespace=space" + at).json();
        assertThat(counted.path("totalInstances")).isEqualTo(json(stats).path("totalInstances"));
        assertThat(counted.path("totalServices").asInt()).isEqualTo(1);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theTagOfAnEarlierInstantIsNotThatOfThePresent() {
        put("tagged", "a", 80);
        put("tagged", "b", 80);
        String then = timeOf(events("/api/v1/services/tagged/history").get(0));
        Reply past = node.get("/api/v1/services/tagged?at=" + then);

        assertThat(past.header("ETag"))
                .isNotEqualTo(node.get("/api/v1/services/tagged").header("ETag"));
        assertThat(node.get("/api/v1/services/tagged?at=" + then, "If-None-Match", past.header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "services/x?at=yesterday; at; such as 2026-11-26T16:40:00Z",
                "services/x?at=2026-11-26T16:40:00; at; with its offset from UTC",
                "services/x?at=2999-01-01T00:00:00Z; at; must not lie in the future",
                "services/x?at=1969-01-01T00:00:00Z; at; must not lie before 1970",
                "stats?at=1; at; such as",
                "services/x/history?since=1; since; such as",
                "services/x/history?limit=0; limit; 1 to 10000",
                "services/x/history?cursor=eA; cursor; an earlier answer",
                "services/x/history?instance=%2F; id; ",
                "services/x/history?at=2026-11-26T16:40:00Z; at; is not a known parameter"
            })
    void whatIsNoTimeOrNoPageIsRefusedByName(String path, String field, String message) {
        Reply reply = node.get("/api/v1/" + path);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("field").asText()).isEqualTo(field);
        assertThat(reply.json().path("detail").asText()).contains(message == null ? "" : message);
    }

    @Test
    void aNodeThatHasNotCaughtUpTellsNoPast() {
        node.cluster.caughtUp = false;
        try {
            assertThat(node.get("/api/v1/services/x/history").status()).isEqualTo(503);
            assertThat(node.get("/api/v1/services/x?at=2020-01-01T00:00:00Z").status())
                    .isEqualTo(503);
        } finally {
            node.cluster.caughtUp = true;
        }
    }

    @Test
    void whatWasForgottenIsNamed(@TempDir Path other) {
        try (HttpNode forgetful = new HttpNode(other)) {
            for (String id : List.of("a", "b", "c")) {
                forgetful.put("/api/v1/services/s/instances/" + id, "{\"host\":\"h\",\"port\":1}");
                tick();
            }
            JsonNode whole = forgetful.get("/api/v1/services/s/history").json().path("events");
            forgetful.cluster.forget(2);

            JsonNode left = forgetful.get("/api/v1/services/s/history").json();
            Reply tooOld = forgetful.get("/api/v1/services/s?at=" + timeOf(whole.get(2)));
            Reply oldest = forgetful.get("/api/v1/services/s?at=" + timeOf(whole.get(1)));

            assertThat(left.path("events")).containsExactly(whole.get(0));
            assertThat(left.path("knownSince")).isEqualTo(whole.get(1).path("time"));
            assertThat(tooOld.status()).isEqualTo(400);
            assertThat(tooOld.json().path("detail").asText())
                    .contains("at must not lie before " + timeOf(whole.get(1)));
            assertThat(oldest.json().path("instances")).hasSize(2);
        }
    }
}
