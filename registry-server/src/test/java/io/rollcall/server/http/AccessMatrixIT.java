package io.rollcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import io.rollcall.server.config.AclDefault;
import io.rollcall.server.config.WatchSettings;
import io.rollcall.server.security.oidc.JwtLogin;
import io.rollcall.server.security.oidc.TestIssuer;
import io.rollcall.server.view.TestAcl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route and every stream, asked with every kind of token, through every listener. What has to come of it stands in a
 * table; a route that is not in it fails the test.
 */
final class AccessMatrixIT {

    private static final WatchSettings WATCH =
            new WatchSettings(1_000, 1_000, Duration.ofSeconds(1), Duration.ofSeconds(2), 10_000, 1_000);

    private static final String INSTANCE = "{\"host\":\"10.0.0.1\",\"port\":80}";
    private static final String SERVICE = "/api/v1/services/orders";

    @TempDir
    static Path folder;

    private static HttpNode denying;
    private static HttpNode allowing;

    /** What is shown with a request. */
    private enum Shown {
        NOTHING,
        UNKNOWN_ID,
        WRONG_SECRET,
        EXPIRED,
        EXACT,
        PREFIX,
        ANOTHER_NAME,
        ANOTHER_NAMESPACE,
        READ_ALONE,
        LONGER_DENIAL,
        EQUAL_DENIAL,
        OTHER_RESOURCES,
        OPERATOR,
        /** What an issuer signed, with groups that are the policies of the exact token. */
        JWT,
        JWT_WITHOUT_GROUPS,
        JWT_EXPIRED,
        JWT_OF_ANOTHER_KEY;

        boolean isNobody() {
            return NOBODY.contains(this);
        }

        private static final Set<Shown> NOBODY =
                Set.of(NOTHING, UNKNOWN_ID, WRONG_SECRET, EXPIRED, JWT_EXPIRED, JWT_OF_ANOTHER_KEY);
    }

    private static final JWK KEY = TestIssuer.rsa("one");
    private static final JWK ANOTHER_KEY = TestIssuer.rsa("one");

    /** What an operation needs. */
    enum Needs {
        NOTHING,
        NOTHING_ON_LOOPBACK,
        WHOLE,
        NAME,
        NAME_OR_OPERATOR,
        SOME_NAME,
        EACH_ITEM,
        SOME_READING
    }

    /**
     * A row of the table.
     *
     * @param needs how it is decided
     * @param permission of which resource and level
     * @param name of what
     * @param path what is asked, with its query
     * @param body null for none
     * @param status of the answer if it is allowed
     */
    record Row(Needs needs, String permission, String name, String path, String body, int status) {

        boolean isWrite() {
            return permission.endsWith(":write");
        }

        String resource() {
            return permission.substring(0, permission.indexOf(':'));
        }
    }

    private static Row row(Needs needs, String permission, String name, String path, String body, int status) {
        return new Row(needs, permission, name, path, body, status);
    }

    private static Row service(String permission, String path, String body, int status) {
        return row(Needs.NAME, "service:" + permission, "orders", SERVICE + path, body, status);
    }

    private static Row config(String permission, String query, String body, int status) {
        return row(Needs.NAME, "config:" + permission, "orders/url", "/api/v1/config/orders/url" + query, body, status);
    }

    private static Row operator(String permission, String path, int status) {
        return row(Needs.WHOLE, "operator:" + permission, "", "/api/v1/cluster" + path, null, status);
    }

    private static Row acl(String permission, String path, String body, int status) {
        return row(Needs.WHOLE, "acl:" + permission, "", "/api/v1/acl/" + path, body, status);
    }

    private static Row list(String resource, String path) {
        return row(Needs.SOME_NAME, resource + ":read", "orders", "/api/v1/" + path, null, 200);
    }

    /** What has to come of each route; its key is the route's method and path. */
    static final Map<String, Row> TABLE = new TreeMap<>(Map.ofEntries(
            Map.entry("GET /livez", row(Needs.NOTHING, "operator:read", "", "/livez", null, 200)),
            Map.entry("GET /readyz", row(Needs.NOTHING, "operator:read", "", "/readyz", null, 200)),
            Map.entry(
                    "GET /api/v1/openapi.json",
                    row(Needs.NOTHING_ON_LOOPBACK, "operator:read", "", "/api/v1/openapi.json", null, 200)),
            Map.entry("GET /metrics", row(Needs.NOTHING_ON_LOOPBACK, "operator:read", "", "/metrics", null, 200)),
            Map.entry("GET /api/v1/log-level", row(Needs.WHOLE, "operator:read", "", "/api/v1/log-level", null, 200)),
            Map.entry(
                    "PUT /api/v1/log-level",
                    row(
                            Needs.WHOLE,
                            "operator:write",
                            "",
                            "/api/v1/log-level",
                            "{\"logger\":\"access.matrix\",\"level\":\"INFO\"}",
                            200)),
            Map.entry("GET /api/v1/keys", row(Needs.WHOLE, "keys:read", "", "/api/v1/keys", null, 200)),
            Map.entry("POST /api/v1/keys/rotate", row(Needs.WHOLE, "keys:write", "", "/api/v1/keys/rotate", null, 412)),
            Map.entry("GET /api/v1/services", list("service", "services")),
            Map.entry("GET /api/v1/instances", list("service", "instances")),
            Map.entry("GET /api/v1/stats", list("service", "stats")),
            Map.entry("GET /api/v1/config", list("config", "config")),
            Map.entry("GET /api/v1/services/{name}", service("read", "", null, 200)),
            Map.entry("GET /api/v1/services/{name}/history", service("read", "/history", null, 200)),
            Map.entry("GET /api/v1/services/{name}/explain", service("read", "/explain", null, 200)),
            Map.entry("GET /api/v1/services/{name}/subscribers", service("read", "/subscribers", null, 200)),
            Map.entry("GET /api/v1/services/{name}/instances/{id}", service("read", "/instances/a", null, 200)),
            Map.entry("PUT /api/v1/services/{name}/instances/{id}", service("write", "/instances/a", INSTANCE, 200)),
            Map.entry(
                    "POST /api/v1/services/{name}/instances",
                    service("write", "/instances", "{\"id\":\"a\",\"host\":\"h\",\"port\":1}", 409)),
            Map.entry("DELETE /api/v1/services/{name}/instances/{id}", service("write", "/instances/none", null, 404)),
            Map.entry(
                    "DELETE /api/v1/services/{name}/instances",
                    service("write", "/instances?tag=none:none&confirm=true", null, 200)),
            Map.entry(
                    "PUT /api/v1/services/{name}/instances/{id}/heartbeat",
                    service("write", "/instances/a/heartbeat", "", 200)),
            Map.entry(
                    "POST /api/v1/services/{name}/instances/{id}/drain",
                    service("write", "/instances/a/drain?wait=0s", "", 200)),
            Map.entry(
                    "PUT /api/v1/services/{name}/instances/{id}/status",
                    row(
                            Needs.NAME_OR_OPERATOR,
                            "service:write",
                            "orders",
                            SERVICE + "/instances/a/status",
                            "{\"status\":\"maintenance\",\"reason\":\"r\"}",
                            200)),
            Map.entry(
                    "DELETE /api/v1/services/{name}/instances/{id}/status",
                    row(Needs.NAME_OR_OPERATOR, "service:write", "orders", SERVICE + "/instances/a/status", null, 200)),
            Map.entry(
                    "POST /api/v1/registrations",
                    row(
                            Needs.EACH_ITEM,
                            "service:write",
                            "orders",
                            "/api/v1/registrations",
                            "[{\"name\":\"orders\",\"id\":\"a\",\"host\":\"10.0.0.1\",\"port\":80}]",
                            200)),
            Map.entry(
                    "POST /api/v1/heartbeats",
                    row(
                            Needs.EACH_ITEM,
                            "service:write",
                            "orders",
                            "/api/v1/heartbeats",
                            "[{\"name\":\"orders\",\"id\":\"a\"}]",
                            200)),
            Map.entry(
                    "GET /api/v1/watch",
                    row(Needs.NAME, "service:read", "orders", "/api/v1/watch?service=orders", null, 200)),
            Map.entry(
                    "PUT /api/v1/watch/{subscription}",
                    row(Needs.SOME_READING, "service:read", "orders", "/api/v1/watch/n1-0", "{\"index\":1}", 404)),
            Map.entry("GET /api/v1/config/{key}", config("read", "", null, 200)),
            Map.entry("PUT /api/v1/config/{key}", config("write", "", "{}", 200)),
            Map.entry("DELETE /api/v1/config/{key}", config("write", "?dryRun=true", null, 200)),
            Map.entry("POST /api/v1/config/{key}", config("write", "?rollback=1", "", 200)),
            Map.entry("GET /api/v1/acl/tokens", acl("read", "tokens", null, 200)),
            Map.entry("POST /api/v1/acl/tokens", acl("write", "tokens?dryRun=true", "{\"identity\":\"x\"}", 200)),
            Map.entry("GET /api/v1/acl/tokens/{id}", acl("read", "tokens/admin", null, 200)),
            Map.entry("PUT /api/v1/acl/tokens/{id}", acl("write", "tokens/none", "{}", 404)),
            Map.entry("DELETE /api/v1/acl/tokens/{id}", acl("write", "tokens/none", null, 404)),
            Map.entry("POST /api/v1/acl/tokens/{id}/rotate", acl("write", "tokens/none/rotate", null, 404)),
            Map.entry("GET /api/v1/acl/policies", acl("read", "policies", null, 200)),
            Map.entry("GET /api/v1/acl/policies/{name}", acl("read", "policies/global-management", null, 200)),
            Map.entry(
                    "PUT /api/v1/acl/policies/{name}",
                    acl("write", "policies/none?dryRun=true", "{\"rules\":[]}", 200)),
            Map.entry("DELETE /api/v1/acl/policies/{name}", acl("write", "policies/none", null, 404)),
            Map.entry("GET /api/v1/cluster", operator("read", "", 200)),
            Map.entry("GET /api/v1/cluster/digest", operator("read", "/digest", 200)),
            Map.entry("GET /api/v1/cluster/watch", operator("read", "/watch", 200)),
            Map.entry("GET /api/v1/cluster/expiry", operator("read", "/expiry", 200)),
            Map.entry("POST /api/v1/cluster/expiry/release", operator("write", "/expiry/release", 200))));

    /** Streams, and reads that wait, beside the plain one of their route. */
    private static final Map<String, Row> STREAMS = Map.of(
            "all services",
            row(Needs.SOME_NAME, "service:read", "orders", "/api/v1/watch", null, 200),
            "all services, resumed",
            row(Needs.SOME_NAME, "service:read", "orders", "/api/v1/watch?lastEventId=1", null, 200),
            "a service, resumed",
            row(Needs.NAME, "service:read", "orders", "/api/v1/watch?service=orders&lastEventId=1", null, 200),
            "configuration",
            row(Needs.SOME_NAME, "config:read", "orders/url", "/api/v1/watch?config=", null, 200),
            "configuration, resumed",
            row(Needs.SOME_NAME, "config:read", "orders/url", "/api/v1/watch?config=&lastEventId=1", null, 200));

    /** Where a node can be asked; what comes beside HTTP joins here. */
    private interface Listener {

        /** The status, and the body unless it is a stream. */
        HttpNode.Reply ask(HttpNode node, String method, String path, String body, String authorization);
    }

    private static final Map<String, Listener> LISTENERS = Map.of("http", AccessMatrixIT::askOverHttp);

    private static HttpNode.Reply askOverHttp(
            HttpNode node, String method, String path, String body, String authorization) {
        var headers = authorization == null ? new String[0] : new String[] {"Authorization", authorization};
        if (path.startsWith("/api/v1/watch") && method.equals("GET")) {
            try (var stream = new EventConnection(node.port, path, headers)) {
                return new HttpNode.Reply(stream.status, null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return node.send(method, path, body == null || body.isEmpty() ? null : body, headers);
    }

    @BeforeAll
    static void start() {
        var login = JwtLogin.open(TestIssuer.settings(TestIssuer.publish(folder.resolve("jwks.json"), KEY)));
        denying = new HttpNode(folder.resolve("denying"), WATCH, AclDefault.DENY, login);
        allowing = new HttpNode(folder.resolve("allowing"), WATCH, AclDefault.ALLOW, login);
        for (var node : List.of(denying, allowing)) {
            var admin = new String[] {"Authorization", TestAcl.bearer("admin")};
            new TestAcl(node.acl).tokenOf("admin", "matrix", null, "service:write *", "config:write *");
            node.put(SERVICE + "/instances/a", INSTANCE, admin);
            node.put("/api/v1/services/other/instances/a", INSTANCE, admin);
            node.put("/api/v1/config/orders/url", "{}", admin);
            node.put("/api/v1/config/other", "{}", admin);
        }
    }

    @AfterAll
    static void stop() {
        denying.close();
        allowing.close();
    }

    /** The header of a request, the token that it names being there. */
    private static String authorization(HttpNode node, Shown shown, Row row) {
        var acl = new TestAcl(node.acl);
        var needed = row.permission;
        var prefix = row.name.substring(0, Math.min(3, row.name.length()));
        switch (shown) {
            case NOTHING -> {
                return null;
            }
            case UNKNOWN_ID -> {
                return TestAcl.bearer("nobody");
            }
            case WRONG_SECRET -> token(acl, null, needed + " *");
            case EXPIRED -> token(acl, Instant.now().minusSeconds(1), needed + " *");
            case EXACT -> token(acl, null, (needed + " " + row.name).strip());
            case PREFIX -> token(acl, null, needed + " " + prefix + "*");
            case ANOTHER_NAME -> token(acl, null, needed + " other");
            case ANOTHER_NAMESPACE -> token(acl, null, needed + " team//" + row.name);
            case READ_ALONE -> token(acl, null, (row.resource() + ":read " + row.name).strip());
            case LONGER_DENIAL -> token(acl, null, needed + " *", (row.resource() + ":deny " + row.name).strip());
            case EQUAL_DENIAL ->
                token(acl, null, (needed + " " + row.name).strip(), (row.resource() + ":deny " + row.name).strip());
            case OTHER_RESOURCES -> token(acl, null, others(row));
            case OPERATOR -> token(acl, null, "operator:write");
            case JWT, JWT_WITHOUT_GROUPS, JWT_EXPIRED, JWT_OF_ANOTHER_KEY -> {
                token(acl, null, (needed + " " + row.name).strip());
                return jwt(shown);
            }
        }
        return shown == Shown.WRONG_SECRET ? "Bearer t.wrong" : TestAcl.bearer("t");
    }

    /** The policy is called after the token. */
    private static String jwt(Shown shown) {
        var issued = shown == Shown.JWT_EXPIRED ? Instant.now().minusSeconds(4_000) : Instant.now();
        var groups = shown == Shown.JWT_WITHOUT_GROUPS ? new String[0] : new String[] {"rollcall:of-t"};
        var key = shown == Shown.JWT_OF_ANOTHER_KEY ? ANOTHER_KEY : KEY;
        return "Bearer "
                + TestIssuer.signed(
                        key, TestIssuer.claims("matrix", issued, groups).build());
    }

    /** The instances here are another's than whom the issuer names; of that {@link OidcIT} tells. */
    private static boolean isOfAnotherOwner(Shown shown, Row row) {
        return shown == Shown.JWT && row.permission.equals("service:write");
    }

    /** All but what a row is about. */
    private static String[] others(Row row) {
        var others = new TreeSet<>(List.of("service", "config", "secret", "operator", "acl", "keys"));
        others.remove(row.resource());
        if (row.needs == Needs.NAME_OR_OPERATOR) {
            others.remove("operator");
        }
        if (row.needs == Needs.SOME_READING) {
            others.remove("config");
        }
        return others.stream()
                .map(resource -> List.of("service", "config", "secret").contains(resource)
                        ? resource + ":write *"
                        : resource + ":write")
                .toArray(String[]::new);
    }

    private static void token(TestAcl acl, Instant expiry, String... rules) {
        acl.tokenOf("t", "matrix", expiry, rules);
    }

    /** Whether a token that is one may do what a row asks. */
    private static boolean isAllowed(Shown shown, Row row) {
        var isNamed = row.needs != Needs.WHOLE && row.needs != Needs.NOTHING_ON_LOOPBACK;
        return switch (shown) {
            case NOTHING, UNKNOWN_ID, WRONG_SECRET, EXPIRED, JWT_EXPIRED, JWT_OF_ANOTHER_KEY -> false;
            case EXACT, PREFIX -> true;
            // Tokens are made by those who have one of ours.
            case JWT -> !row.permission.equals("acl:write");
            case READ_ALONE -> !row.isWrite();
            case ANOTHER_NAME -> !isNamed || row.needs == Needs.SOME_NAME || row.needs == Needs.SOME_READING;
            case ANOTHER_NAMESPACE -> !isNamed || row.needs == Needs.SOME_READING;
            case LONGER_DENIAL -> row.needs == Needs.SOME_NAME || row.needs == Needs.SOME_READING;
            case EQUAL_DENIAL, OTHER_RESOURCES, JWT_WITHOUT_GROUPS -> false;
            case OPERATOR -> row.resource().equals("operator") || row.needs == Needs.NAME_OR_OPERATOR;
        };
    }

    private static int expected(Shown shown, Row row) {
        if (row.needs == Needs.NOTHING || row.needs == Needs.NOTHING_ON_LOOPBACK) {
            return row.status;
        }
        if (shown.isNobody()) {
            return 401;
        }
        return isAllowed(shown, row) || row.needs == Needs.EACH_ITEM ? row.status : 403;
    }

    private static String offence(String what, HttpNode node, String method, Row row, Shown shown, Listener listener) {
        if (isOfAnotherOwner(shown, row)) {
            return "";
        }
        var reply = listener.ask(node, method, row.path, row.body, authorization(node, shown, row));
        var expected = expected(shown, row);
        if (reply.status() != expected) {
            return what + " with " + shown + ": " + reply.status() + ", not " + expected;
        }
        if (reply.response() == null) {
            return "";
        }
        if (expected == 401 && !"Bearer".equals(reply.header("WWW-Authenticate"))) {
            return what + " with " + shown + ": a 401 without WWW-Authenticate";
        }
        if (expected == 403 && !reply.json().path("permission").asText().startsWith(row.permission)) {
            return what + " with " + shown + " does not name what is missing: " + reply.text();
        }
        if (row.needs == Needs.EACH_ITEM && expected == 200) {
            var isRefused = reply.text().contains("permission-denied");
            return isRefused == isAllowed(shown, row) ? what + " with " + shown + ": " + reply.text() : "";
        }
        return "";
    }

    @Test
    void everyRouteHasARow() {
        var routes = new TreeSet<String>();
        denying.routes().forEach(route -> routes.add(route.method() + " " + route.path()));

        assertThat(TABLE.keySet())
                .as("each route needs a row here that says who may use it")
                .isEqualTo(routes);
    }

    @Test
    void everyRouteIsOpenToWhomTheTableSaysAndToNobodyElse() {
        var offences = new ArrayList<String>();

        LISTENERS.forEach((name, listener) -> TABLE.forEach((route, row) -> {
            for (var shown : Shown.values()) {
                var method = route.substring(0, route.indexOf(' '));
                offences.add(offence(name + " " + route, denying, method, row, shown, listener));
                if (method.equals("GET") && !route.equals("GET /api/v1/watch")) {
                    var head = listener.ask(denying, "HEAD", row.path, null, authorization(denying, shown, row));
                    offences.add(
                            head.status() == expected(shown, row)
                                    ? ""
                                    : name + " HEAD " + route + " with " + shown + ": " + head.status());
                }
            }
        }));

        offences.removeIf(String::isEmpty);
        assertThat(offences).isEmpty();
    }

    @Test
    void everyStreamIsOpenToWhomTheTableSaysAndToNobodyElse() {
        var offences = new ArrayList<String>();

        LISTENERS.forEach((name, listener) -> STREAMS.forEach((stream, row) -> {
            for (var shown : Shown.values()) {
                offences.add(offence(name + " " + stream, denying, "GET", row, shown, listener));
            }
        }));

        offences.removeIf(String::isEmpty);
        assertThat(offences).isEmpty();
    }

    @Test
    void whereNothingIsDeniedByDefaultAWrongTokenStillIsAndNoneIsNot() {
        var offences = new ArrayList<String>();

        LISTENERS.forEach((name, listener) -> TABLE.forEach((route, row) -> {
            var method = route.substring(0, route.indexOf(' '));
            var none = listener.ask(allowing, method, row.path, row.body, null);
            // Keys, tokens and policies are nobody's without a token.
            var needsToken = Set.of("keys", "acl").contains(row.resource());
            if (none.status() != (needsToken ? 401 : row.status)) {
                offences.add(route + " without a token: " + none.status());
            }
            for (var shown : Shown.values()) {
                if (shown != Shown.NOTHING) {
                    offences.add(offence(name + " " + route, allowing, method, row, shown, listener));
                }
            }
        }));

        offences.removeIf(String::isEmpty);
        assertThat(offences).isEmpty();
    }
}
