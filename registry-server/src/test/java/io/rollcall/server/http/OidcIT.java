package io.rollcall.server.http;

import static io.rollcall.server.http.RegistrationIT.assertProblem;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWK;
import io.rollcall.server.app.access.AuditEvent;
import io.rollcall.server.app.access.AuditTrail;
import io.rollcall.server.config.AclDefault;
import io.rollcall.server.http.HttpNode.Reply;
import io.rollcall.server.security.oidc.JwtLogin;
import io.rollcall.server.security.oidc.TestIssuer;
import io.rollcall.server.view.TestAcl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers whom an issuer vouches for, from the header of a request to what is written down of it. */
final class OidcIT implements AuditTrail {

    private static final JWK KEY = TestIssuer.rsa("one");
    private static final String INSTANCE = "{\"host\":\"10.0.0.1\",\"port\":80}";
    private static final String ORDERS = "/api/v1/services/orders/instances/";

    /** Within it a stream has its end. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    private Path jwks;
    private JwtLogin login;
    private HttpNode node;
    private TestAcl acl;

    @BeforeEach
    void start() {
        jwks = TestIssuer.publish(folder.resolve("jwks.json"), KEY);
        login = JwtLogin.open(TestIssuer.settings(jwks));
        node = new HttpNode(folder, AclDefault.DENY, this, login);
        acl = new TestAcl(node.acl);
        // The policy of a token is called after it.
        acl.token("orders", "service:write orders*", "config:read orders*")
                .token("root", "service:write *", "operator:write", "acl:write");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Override
    public void record(AuditEvent event) {
        events.add(event);
    }

    @Override
    public boolean refusesWrites() {
        return false;
    }

    private static String jwt(JWK key, String subject, String... groups) {
        return "Bearer "
                + TestIssuer.signed(
                        key, TestIssuer.claims(subject, Instant.now(), groups).build());
    }

    private Reply send(String authorization, String method, String path, String body) {
        return node.send(method, path, body, "Authorization", authorization);
    }

    @Test
    void whoIsVouchedForActsInHisOwnNameAndWithinHisPolicies() {
        var alice = jwt(KEY, "alice", "rollcall:of-orders");
        var bob = jwt(KEY, "bob", "rollcall:of-orders");

        var made = send(alice, "PUT", ORDERS + "a", INSTANCE);
        var forbidden = send(alice, "PUT", "/api/v1/services/stock/instances/a", INSTANCE);

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("owner").asText()).isEqualTo("oidc:alice");
        assertProblem(forbidden, 403, "permission-denied");
        assertThat(forbidden.json().path("permission").asText()).isEqualTo("service:write stock");
        // Nobody else's, whoever vouches for him; a plain beat goes another way, and a batch a third.
        assertProblem(send(bob, "PUT", ORDERS + "a", INSTANCE), 403, "not-owner");
        assertProblem(send(TestAcl.bearer("orders"), "PUT", ORDERS + "a/heartbeat", null), 403, "not-owner");
        assertThat(send(alice, "PUT", ORDERS + "a/heartbeat", null).status()).isEqualTo(200);
        assertThat(send(alice, "POST", "/api/v1/heartbeats", "[{\"name\":\"orders\",\"id\":\"a\"}]")
                        .json()
                        .path("renewed")
                        .asInt())
                .isEqualTo(1);
        assertThat(send(alice, "GET", "/api/v1/services/orders/explain?instance=a", null)
                        .text())
                .contains("'oidc:alice' has the permission 'service:read orders'");
        assertThat(send(TestAcl.bearer("root"), "DELETE", ORDERS + "a", null).status())
                .isEqualTo(204);
    }

    @Test
    void whatWasDoneAndDeniedIsWrittenDownByName() {
        send(jwt(KEY, "alice", "rollcall:of-orders"), "PUT", ORDERS + "a", INSTANCE);
        send(jwt(KEY, "alice"), "PUT", ORDERS + "a", INSTANCE);
        send(jwt(TestIssuer.rsa("one"), "alice"), "PUT", ORDERS + "a", INSTANCE);

        await().atMost(10, SECONDS).until(() -> events.size() == 3);
        assertThat(events).extracting(AuditEvent::identity).containsExactly("oidc:alice", "oidc:alice", null);
        assertThat(events).extracting(AuditEvent::status).containsExactly(201, 403, 401);
        assertThat(events).extracting(AuditEvent::tokenId).containsOnlyNulls();
    }

    @Test
    void aRefusalSaysWhyAndNothingOfTheToken() {
        var wrong = jwt(KEY, "mArKeR").replaceAll("\\.[^.]*$", ".mArKeR");
        for (var path : List.of("/api/v1/services", "/api/v1/watch?service=orders")) {
            var refused = send(wrong, "GET", path, null);

            assertProblem(refused, 401, "unauthenticated");
            assertThat(refused.json().path("detail").asText()).isEqualTo("the signature of the JWT is wrong");
            assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(refused.text() + refused.response().headers().map()).doesNotContain("mArKeR");
        }
        node.ahead.set(Duration.ofSeconds(3_600 + 31));
        assertThat(send(jwt(KEY, "alice"), "GET", "/api/v1/services", null)
                        .json()
                        .path("detail")
                        .asText())
                .isEqualTo("the JWT has expired");
    }

    @Test
    void whoMayMakeTokensNeedsOneOfOurs() {
        var root = jwt(KEY, "root", "rollcall:of-root", "rollcall:global-management");

        assertThat(send(root, "GET", "/api/v1/cluster", null).status()).isEqualTo(200);
        assertProblem(send(root, "POST", "/api/v1/acl/tokens", "{\"identity\":\"x\"}"), 403, "permission-denied");
        assertThat(send(TestAcl.bearer("root"), "POST", "/api/v1/acl/tokens", "{\"identity\":\"x\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aChangeOfAPolicyHoldsAtOnce() {
        var alice = jwt(KEY, "alice", "rollcall:of-orders");
        assertThat(send(alice, "PUT", ORDERS + "a", INSTANCE).status()).isEqualTo(201);

        acl.token("orders", "service:read orders*");

        assertProblem(send(alice, "PUT", ORDERS + "a", INSTANCE), 403, "permission-denied");
        assertThat(send(alice, "GET", "/api/v1/services/orders", null).status()).isEqualTo(200);
    }

    private EventConnection watch(String authorization, String query, String... more) throws IOException {
        var headers = new java.util.ArrayList<>(List.of("Authorization", authorization));
        headers.addAll(List.of(more));
        return new EventConnection(node.port, "/api/v1/watch" + query, headers.toArray(String[]::new));
    }

    @Test
    void aStreamEndsWithTheTimeOfTheJwt() throws Exception {
        var alice = jwt(KEY, "alice", "rollcall:of-orders");
        try (var stream = watch(alice, "?service=orders")) {
            assertThat(stream.next().type()).isEqualTo("snapshot");
            node.ahead.set(Duration.ofSeconds(3_600 + 31));

            assertEnds(stream, "token-expired");
        }
        assertThat(send(alice, "GET", "/api/v1/services/orders", null).status()).isEqualTo(401);
    }

    @Test
    void whatWasSignedByAKeyThatIsTakenAwayEndsAndTheNextKeyCounts() throws Exception {
        var next = TestIssuer.ec("two");
        var before = jwt(KEY, "alice", "rollcall:of-orders");
        var after = jwt(next, "alice", "rollcall:of-orders");
        assertThat(send(before, "PUT", ORDERS + "a", INSTANCE).status()).isEqualTo(201);
        assertThat(send(after, "PUT", ORDERS + "a", INSTANCE).status()).isEqualTo(401);

        TestIssuer.publish(jwks, KEY, next);
        login.look();
        try (var stream = watch(before, "?service=orders");
                var newer = watch(after, "?service=orders")) {
            stream.next();
            newer.next();
            TestIssuer.publish(jwks, next);
            login.look();

            assertEnds(stream, "token-revoked");
            // He is the same.
            assertThat(send(after, "PUT", ORDERS + "a", INSTANCE).status()).isEqualTo(200);
            assertThat(newer.nextNews().type()).isEqualTo("change");
        }
        assertThat(send(before, "PUT", ORDERS + "a", INSTANCE).status()).isEqualTo(401);
    }

    @Test
    void aStreamOfAllBeginsAnewSinceTheGroupsMayHaveBeenOthers() throws Exception {
        acl.token("all", "service:read *");
        send(TestAcl.bearer("root"), "PUT", ORDERS + "a", INSTANCE);
        var alice = jwt(KEY, "alice", "rollcall:of-all");
        var index = send(alice, "GET", "/api/v1/services/orders", null).header("Registry-Applied");

        try (var all = watch(alice, "", "Last-Event-ID", index);
                var named = watch(alice, "?service=orders", "Last-Event-ID", index)) {
            assertThat(all.next().type()).isEqualTo("snapshot");
            assertThat(named.next().type()).isEqualTo("sync");
        }
    }

    private static void assertEnds(EventConnection stream, String reason) throws IOException {
        var begun = System.nanoTime();
        var event = stream.next();
        while (event != null && event.type().equals("sync")) {
            event = stream.next();
        }
        assertThat(event).isNotNull();
        assertThat(event.type()).isEqualTo("end");
        assertThat(event.data().path("reason").asText()).isEqualTo(reason);
        assertThat(stream.next()).isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
    }
}
