package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.server.config.AclDefault;
import io.rollcall.server.config.WatchSettings;
import io.rollcall.server.http.HttpNode.Reply;
import io.rollcall.server.view.TestAcl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each place where access is decided beside the gate: what one test here holds would pass without that place. */
final class AccessPointsIT {

    private static final WatchSettings WATCH =
            new WatchSettings(1_000, 1_000, Duration.ofSeconds(1), Duration.ofSeconds(30), 10_000, 1_000);
    private static final String INSTANCE = "{\"host\":\"10.0.0.1\",\"port\":80,\"tags\":{\"env\":\"prod\"}}";

    /** What docs/security.md promises: within it a stream has its end, counted from when the change holds here. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private HttpNode node;
    private TestAcl acl;

    @BeforeEach
    void start() {
        node = new HttpNode(folder, WATCH, AclDefault.DENY);
        acl = new TestAcl(node.acl);
        acl.token("admin", "service:write *", "config:write *", "secret:read *", "operator:write", "acl:write");
        acl.token("orders", "service:write orders", "config:write orders*");
        for (var service : List.of("orders", "payments", "stock")) {
            ok(put("admin", service, "a"));
        }
        ok(send("admin", "PUT", "/api/v1/config/orders/url", "{}"));
        ok(send("admin", "PUT", "/api/v1/config/payments/url", "{}"));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Reply send(String token, String method, String path, String body) {
        return node.send(method, path, body, "Authorization", TestAcl.bearer(token));
    }

    private Reply get(String token, String path) {
        return send(token, "GET", path, null);
    }

    private Reply put(String token, String service, String id) {
        return send(token, "PUT", "/api/v1/services/" + service + "/instances/" + id, INSTANCE);
    }

    private static void ok(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isIn(200, 201);
    }

    private EventConnection watch(String token, String query, String... more) throws IOException {
        var headers = new ArrayList<>(List.of("Authorization", TestAcl.bearer(token)));
        headers.addAll(List.of(more));
        return new EventConnection(node.port, "/api/v1/watch" + query, headers.toArray(String[]::new));
    }

    // ---- lists

    @Test
    void listsLeaveOutWhatMayNotBeReadAndSayHowMuch() {
        var services = get("orders", "/api/v1/services");
        var instances = get("orders", "/api/v1/instances?filter=tags.env==%22none%22");
        var stats = get("orders", "/api/v1/stats").json();
        var configs = get("orders", "/api/v1/config");

        assertThat(services.json().path("services").findValuesAsText("name")).containsExactly("orders");
        assertThat(services.json().path("hidden").asInt()).isEqualTo(2);
        assertThat(instances.json().path("instances")).isEmpty();
        // Not by the filter: whoever may not read them could ask for their tags.
        assertThat(instances.json().path("hidden").asInt()).isEqualTo(2);
        assertThat(get("orders", "/api/v1/instances").json().findValuesAsText("name"))
                .containsExactly("orders");
        assertThat(stats.path("totalServices").asInt()).isEqualTo(1);
        assertThat(stats.path("totalInstances").asInt()).isEqualTo(1);
        assertThat(stats.path("hidden").asInt()).isEqualTo(2);
        assertThat(configs.json().path("keys").findValuesAsText("key")).containsExactly("orders/url");
        assertThat(configs.json().path("hidden").asInt()).isEqualTo(1);
        assertThat(get("admin", "/api/v1/services").json().has("hidden")).isFalse();
    }

    @Test
    void listsOfThePastLeaveOutTheSame() {
        var at = "?at=" + Instant.now().plusSeconds(1);

        assertThat(get("orders", "/api/v1/services" + at).json().findValuesAsText("name"))
                .containsExactly("orders");
        assertThat(get("orders", "/api/v1/instances" + at).json().findValuesAsText("name"))
                .containsExactly("orders");
        assertThat(get("orders", "/api/v1/stats" + at)
                        .json()
                        .path("totalServices")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aTagOfOneCallerIsNoneOfAnother() {
        // What two see may be the same bytes, such as the same counts.
        ok(put("admin", "stock", "b"));
        for (var path : List.of("/api/v1/services", "/api/v1/instances", "/api/v1/stats", "/api/v1/config")) {
            var tag = get("orders", path).header("ETag");
            acl.token("stock", "service:read stock", "config:read payments*");

            for (var other : List.of("admin", "stock")) {
                var reply = node.get(path, "Authorization", TestAcl.bearer(other), "If-None-Match", tag);
                assertThat(reply.status()).as(path + " by " + other).isEqualTo(200);
            }
            var own = node.get(path, "Authorization", TestAcl.bearer("orders"), "If-None-Match", tag);
            assertThat(own.status()).as(path).isEqualTo(304);
        }
    }

    @Test
    void pagesGoOnBehindWhatIsHidden() {
        acl.token("two", "service:read orders", "service:read stock");

        var first = get("two", "/api/v1/services?limit=1").json();
        var second = get(
                        "two",
                        "/api/v1/services?limit=1&cursor="
                                + first.path("cursor").asText())
                .json();

        assertThat(first.findValuesAsText("name")).containsExactly("orders");
        assertThat(second.findValuesAsText("name")).containsExactly("stock");
        assertThat(second.has("cursor")).isFalse();
        assertThat(first.path("hidden").asInt() + second.path("hidden").asInt()).isEqualTo(1);
    }

    // ---- batches

    @Test
    void aForbiddenItemOfABatchIsItsOwnFailure() {
        var body = "[{\"name\":\"payments\",\"id\":\"b\",\"host\":\"h\",\"port\":1},"
                + "{\"name\":\"orders\",\"id\":\"b\",\"host\":\"h\",\"port\":1}]";

        var atomic = send("orders", "POST", "/api/v1/registrations?atomic=true", body);
        var isThere = get("orders", "/api/v1/services/orders/instances/b").status();
        var reply = send("orders", "POST", "/api/v1/registrations", body);

        assertThat(atomic.status()).isEqualTo(409);
        assertThat(isThere).isEqualTo(404);
        assertThat(reply.status()).isEqualTo(200);
        var results = reply.json().path("results");
        assertThat(results.findValuesAsText("name")).startsWith("payments").contains("orders");
        assertThat(results.get(0).path("status").asInt()).isEqualTo(403);
        assertThat(results.get(0).path("problem").path("permission").asText()).isEqualTo("service:write payments");
        assertThat(results.get(1).path("status").asInt()).isEqualTo(201);
        assertThat(get("admin", "/api/v1/services/payments/instances/b").status())
                .isEqualTo(404);
    }

    @Test
    void aForbiddenBeatIsItsOwnFailure() {
        ok(put("orders", "orders", "own"));

        var reply = send(
                "orders",
                "POST",
                "/api/v1/heartbeats",
                "[{\"name\":\"payments\",\"id\":\"a\"},{\"name\":\"orders\",\"id\":\"own\"}]");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("renewed").asInt()).isEqualTo(1);
        assertThat(reply.json().path("failed").findValuesAsText("code")).containsExactly("permission-denied");
    }

    // ---- owners

    @Test
    void onlyItsOwnerAndOperatorsBeatForAnInstance() {
        acl.token("rival", "service:write orders").tokenOf("rotated", "orders", null, "service:write orders");
        ok(put("orders", "orders", "own"));
        var beat = "/api/v1/services/orders/instances/own/heartbeat";
        var batch = "[{\"name\":\"orders\",\"id\":\"own\"}]";

        for (var path : List.of(beat, beat + "?namespace=default")) {
            var refused = send("rival", "PUT", path, null);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().path("code").asText()).isEqualTo("not-owner");
            for (var token : List.of("orders", "rotated", "admin")) {
                assertThat(send(token, "PUT", path, null).status()).as(token).isEqualTo(200);
            }
        }
        assertThat(send("rival", "POST", "/api/v1/heartbeats", batch).json().findValuesAsText("code"))
                .containsExactly("not-owner");
        assertThat(send("orders", "POST", "/api/v1/heartbeats", batch)
                        .json()
                        .path("renewed")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void whereANodeDoesNotKnowAnInstanceItCatchesUpBeforeItAnswers() {
        node.cluster.hasQuorum = false;
        var unsure = send("orders", "PUT", "/api/v1/services/orders/instances/none/heartbeat", null);
        var own = send("orders", "POST", "/api/v1/heartbeats", "[{\"name\":\"orders\",\"id\":\"none\"}]");
        node.cluster.hasQuorum = true;
        var sure = send("orders", "PUT", "/api/v1/services/orders/instances/none/heartbeat", null);

        assertThat(unsure.status()).isEqualTo(503);
        assertThat(own.status()).isEqualTo(503);
        assertThat(sure.status()).isEqualTo(404);
        assertThat(sure.json().path("action").asText()).isEqualTo("reregister");
    }

    @Test
    void writesAreMadeInTheNameOfTheirCaller() {
        acl.token("rival", "service:write orders");
        ok(put("orders", "orders", "own"));
        var path = "/api/v1/services/orders/instances/own";

        for (var reply : List.of(
                send("rival", "DELETE", path, null),
                put("rival", "orders", "own"),
                send("rival", "PUT", path + "/status", "{\"status\":\"maintenance\",\"reason\":\"r\"}"),
                send("rival", "DELETE", path + "/status", null),
                send("rival", "POST", path + "/drain?wait=0s", null))) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(403);
            assertThat(reply.json().path("code").asText()).isEqualTo("not-owner");
        }
        var many = send("rival", "DELETE", "/api/v1/services/orders/instances?tag=env:prod&confirm=true", null);
        assertThat(many.json().path("removed").asInt()).isZero();
        assertThat(get("orders", "/api/v1/services/orders/history")
                        .json()
                        .path("events")
                        .get(0)
                        .path("actor")
                        .asText())
                .isEqualTo("orders");
        assertThat(send("admin", "DELETE", path, null).status()).isEqualTo(204);
    }

    // ---- secrets and explanations

    @Test
    void secretsAreShownToWhomTheyMay() {
        ok(send("admin", "PUT", "/api/v1/config/orders/key?secret=true", "{}"));
        var list = "/api/v1/config?prefix=orders/key&values=true&reveal=true";

        assertThat(get("orders", "/api/v1/config/orders/key?reveal=true").status())
                .isEqualTo(403);
        assertThat(get("orders", "/api/v1/config/orders/key?reveal=true&version=1")
                        .status())
                .isEqualTo(403);
        assertThat(get("orders", list).json().path("keys").get(0).has("value")).isFalse();
        assertThat(get("admin", "/api/v1/config/orders/key?reveal=true").status())
                .isEqualTo(200);
        assertThat(get("admin", list).json().path("keys").get(0).has("value")).isTrue();
    }

    @Test
    void anExplanationTellsWhatATokenSees() {
        var own = get("orders", "/api/v1/services/orders/explain?instance=a").json();
        var others = get("admin", "/api/v1/services/payments/explain?instance=a&as=orders")
                .json();
        var denied = get("orders", "/api/v1/services/orders/explain?as=admin");

        assertThat(own.path("returned").asBoolean()).isTrue();
        assertThat(others.path("returned").asBoolean()).isFalse();
        assertThat(others.path("steps").get(1).path("detail").asText())
                .isEqualTo("token 'orders' lacks the permission 'service:read payments'");
        assertThat(get("admin", "/api/v1/services/payments/explain?as=orders")
                        .json()
                        .path("returned")
                        .asInt())
                .isZero();
        assertThat(denied.json().path("permission").asText()).isEqualTo("acl:read");
    }

    // ---- streams

    @Test
    void aStreamOfAllTellsOfWhatMayBeRead() throws Exception {
        try (var stream = watch("orders", "")) {
            assertThat(stream.next().data().path("service").asText()).isEqualTo("orders");
            ok(put("admin", "payments", "b"));
            ok(put("orders", "orders", "b"));

            var event = stream.nextNews();
            assertThat(event.type()).isEqualTo("change");
            assertThat(event.data().path("service").asText()).isEqualTo("orders");
            assertThat(stream.headers).containsEntry("registry-hidden", "2");
        }
    }

    @Test
    void aStreamOfConfigurationTellsOfWhatMayBeRead() throws Exception {
        try (var stream = watch("orders", "?config=")) {
            assertThat(stream.next().data().path("keys").findValuesAsText("key"))
                    .containsExactly("orders/url");
            ok(send("admin", "PUT", "/api/v1/config/payments/url", "[]"));
            ok(send("admin", "PUT", "/api/v1/config/orders/url", "[]"));

            assertThat(stream.nextNews().data().path("upserted").findValuesAsText("key"))
                    .containsExactly("orders/url");
            assertThat(stream.headers).containsEntry("registry-hidden", "1");
        }
    }

    @Test
    void whoDoesNotSeeAllOrDidNotBeginsAnew() throws Exception {
        var index = node.get("/api/v1/services/orders", "Authorization", TestAcl.bearer("admin"))
                .header("Registry-Applied");

        try (var stream = watch("orders", "", "Last-Event-ID", index)) {
            assertThat(stream.next().type()).isEqualTo("snapshot");
        }
        // Its rights are newer than what it has seen: some of that it may not have been told.
        acl.token("late", "service:read *", "config:read *");
        for (var query : List.of("", "?config=")) {
            try (var stream = watch("late", query, "Last-Event-ID", "2")) {
                assertThat(stream.next().type()).endsWith("snapshot");
            }
        }
    }

    @Test
    void theStreamsOfARevokedTokenEndAtOnce() throws Exception {
        acl.token("reader", "service:read *", "config:read *");
        for (var query : List.of("?service=orders", "", "?config=orders")) {
            acl.token("reader", "service:read *", "config:read *");
            try (var stream = watch("reader", query)) {
                assertThat(stream.next().type()).endsWith("snapshot");
                acl.revoke("reader");
                assertEnds(stream, "token-revoked");
            }
        }
    }

    @Test
    void theStreamsOfATokenThatIsTakenBackOverHttpEndAtOnce() throws Exception {
        var policy = "{\"rules\":[{\"resource\":\"service\",\"level\":\"read\",\"prefix\":\"\"}]}";
        ok(send("admin", "PUT", "/api/v1/acl/policies/readers", policy));
        var made = send("admin", "POST", "/api/v1/acl/tokens", "{\"identity\":\"r\",\"policies\":[\"readers\"]}");
        ok(made);
        var token = made.json().path("token").asText();
        try (var stream =
                new EventConnection(node.port, "/api/v1/watch?service=orders", "Authorization", "Bearer " + token)) {
            assertThat(stream.next().type()).isEqualTo("snapshot");

            var taken = send(
                    "admin",
                    "DELETE",
                    "/api/v1/acl/tokens/" + made.json().path("id").asText(),
                    null);

            assertThat(taken.status()).isEqualTo(204);
            assertEnds(stream, "token-revoked");
        }
    }

    @Test
    void theStreamOfAnExpiredTokenEndsAtOnce() throws Exception {
        acl.tokenOf("reader", "reader", Instant.now().plusSeconds(600), "service:read *");
        try (var stream = watch("reader", "?service=orders")) {
            assertThat(stream.next().type()).isEqualTo("snapshot");
            node.ahead.set(Duration.ofSeconds(601));
            assertEnds(stream, "token-expired");
        }
    }

    @Test
    void aStreamEndsWhoseReaderMayNotHaveItAnyMore() throws Exception {
        acl.token("reader", "service:read *");
        try (var named = watch("reader", "?service=orders");
                var other = watch("reader", "?service=stock");
                var all = watch("reader", "")) {
            named.next();
            other.next();
            all.next();
            acl.token("reader", "service:read stock");

            assertEnds(named, "permissions-changed");
            assertEnds(all, "permissions-changed");
            ok(put("admin", "stock", "b"));
            assertThat(other.nextNews().type()).isEqualTo("change");
        }
        assertThat(node.hub.figures().waits()).isZero();
    }

    private static void assertEnds(EventConnection stream, String reason) throws IOException {
        var begun = System.nanoTime();
        var event = stream.next();
        // Syncs would come for ever.
        while (event != null && !event.type().equals("end") && System.nanoTime() - begun < AT_ONCE.toNanos()) {
            event = stream.next();
        }
        assertThat(event).isNotNull();
        assertThat(event.type()).isEqualTo("end");
        assertThat(event.data().path("reason").asText()).isEqualTo(reason);
        assertThat(stream.next()).isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
    }

    // ---- reads that wait

    private CompletableFuture<Reply> waiting(String token, String path) {
        var index = get(token, path).header("Registry-Index");
        var separator = path.contains("?") ? "&" : "?";
        // Not the common pool: it may have one thread.
        return CompletableFuture.supplyAsync(
                () -> get(token, path + separator + "wait=60s&index=" + index), command -> new Thread(command).start());
    }

    @Test
    void aReadThatWaitsIsDecidedAgainWhenItEnds() {
        for (var path : List.of(
                "/api/v1/services/orders",
                "/api/v1/services",
                "/api/v1/config/orders/url",
                "/api/v1/config?prefix=orders")) {
            acl.token("reader", "service:read *", "config:read *");
            var revoked = waiting("reader", path);
            awaitWaiting(path);
            acl.revoke("reader");
            assertThat(revoked).as(path).succeedsWithin(Duration.ofSeconds(10));
            assertThat(revoked.join().status()).as(path).isEqualTo(401);

            acl.token("reader", "service:read *", "config:read *");
            var denied = waiting("reader", path);
            awaitWaiting(path);
            acl.token("reader", "operator:read");
            assertThat(denied).as(path).succeedsWithin(Duration.ofSeconds(10));
            assertThat(denied.join().status()).as(path).isEqualTo(403);
        }
        await().atMost(5, SECONDS).untilAsserted(() -> {
            assertThat(node.hub.figures().waits()).isZero();
            assertThat(node.cluster.config.waiting()).isZero();
        });
    }

    private void awaitWaiting(String path) {
        await().atMost(10, SECONDS)
                .untilAsserted(() -> assertThat(
                                path.contains("config")
                                        ? node.cluster.config.waiting()
                                        : node.hub.figures().waits())
                        .isEqualTo(1));
    }
}
