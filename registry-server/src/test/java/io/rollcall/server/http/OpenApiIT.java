package io.rollcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.error.ErrorCode;
import io.rollcall.server.view.TestAcl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The served contract says what the node does: routes, parameters, codes and fields, both ways. */
final class OpenApiIT {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    @TempDir
    static Path folder;

    private static HttpNode node;
    private static JsonNode contract;

    @BeforeAll
    static void start() {
        node = new HttpNode(folder);
        node.put("/api/v1/config/orders/db.url", "{}");
        new TestAcl(node.acl)
                .token("reader", "acl:write", "operator:write", "service:write *", "config:write *", "secret:read *");
        contract = node.get("/api/v1/openapi.json").json();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /** One operation of the contract. */
    private record Operation(String method, String path, JsonNode json, JsonNode sharedParameters) {

        Set<String> parameters(String in) {
            var names = new TreeSet<String>();
            for (var list : List.of(json.path("parameters"), sharedParameters)) {
                for (var parameter : list) {
                    var resolved = resolve(parameter);
                    if (resolved.path("in").asText().equals(in)) {
                        names.add(resolved.path("name").asText());
                    }
                }
            }
            return names;
        }

        /** Tokens, policies and keys are nobody's who shows no token, and nobody shows one here. */
        boolean needsToken() {
            var permission = json.path("x-permission").asText();
            return permission.startsWith("keys:") || permission.startsWith("acl:");
        }

        String examplePath() {
            return path.replace("{name}", "orders")
                    .replace("{id}", "a")
                    .replace("{subscription}", "n1-1")
                    .replace("{key}", "orders/db.url");
        }
    }

    private static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? contract.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        for (var path : contract.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    operations.add(new Operation(
                            operation.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            operation.getValue(),
                            path.getValue().path("parameters")));
                }
            }
        }
        return operations;
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static Set<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    @Test
    void routesAndOperationsAreTheSame() {
        assertThat(operations().stream()
                        .map(operation -> operation.method() + " " + operation.path() + " "
                                + operation.json().path("x-permission").asText()))
                .containsExactlyInAnyOrderElementsOf(node.routes().stream()
                        .map(route -> route.method() + " " + route.path() + " "
                                + route.requirement().text())
                        .toList());
    }

    @Test
    void operationsHaveTheirOwnIds() {
        assertThat(operations().stream()
                        .map(operation -> operation.json().path("operationId").asText()))
                .doesNotHaveDuplicates()
                .noneMatch(String::isEmpty);
    }

    @Test
    void pathParametersAreDeclared() {
        for (var operation : operations()) {
            var inPath = new TreeSet<String>();
            for (var name : List.of("name", "id", "subscription", "key")) {
                if (operation.path().contains("{" + name + "}")) {
                    inPath.add(name);
                }
            }
            assertThat(operation.parameters("path")).as(operation.path()).isEqualTo(inPath);
        }
    }

    @Test
    void parametersAreDeclaredExactlyWhereTheyAreTaken() {
        var all = new TreeSet<String>();
        operations().forEach(operation -> all.addAll(operation.parameters("query")));
        var query = all.stream().map(name -> name + "=%00").collect(Collectors.joining("&"));

        for (var operation : operations()) {
            if (operation.needsToken()) {
                continue;
            }
            var reply = node.send(
                    operation.method(),
                    operation.examplePath() + "?" + query,
                    operation.json().has("requestBody") ? "{}" : null,
                    "Authorization",
                    TestAcl.bearer("reader"));

            var unknown = new HashSet<String>();
            for (var error : reply.json().path("errors")) {
                if (error.path("message").asText().contains("is not a known parameter")) {
                    unknown.add(error.path("field").asText());
                }
            }
            var known = new TreeSet<>(all);
            known.removeAll(unknown);
            assertThat(operation.parameters("query"))
                    .as(operation.method() + " " + operation.path())
                    .isEqualTo(known);
        }
    }

    @Test
    void codesAreThoseOfTheNode() {
        var problem = contract.at("/components/schemas/Problem/properties/code");

        assertThat(texts(problem.path("enum")))
                .isEqualTo(Arrays.stream(ErrorCode.values())
                        .map(ErrorCode::wireName)
                        .collect(Collectors.toSet()));
        for (var code : ErrorCode.values()) {
            assertThat(problem.path("description").asText())
                    .contains("`" + code.wireName() + "` (" + code.status() + ")");
        }
    }

    @Test
    void examplesOfProblemsHaveTheirStatusAndTitle() {
        var examples = contract.findParents("traceId").stream()
                .filter(example -> example.path("code").isTextual())
                .toList();

        assertThat(examples).hasSizeGreaterThan(10);
        for (var example : examples) {
            var code = Arrays.stream(ErrorCode.values())
                    .filter(candidate ->
                            candidate.wireName().equals(example.path("code").asText()))
                    .findFirst()
                    .orElseThrow();
            assertThat(example.path("status").asInt()).isEqualTo(code.status());
            assertThat(example.path("title").asText()).isEqualTo(code.title());
        }
    }

    @Test
    void referencesLeadSomewhereAndNothingIsLeftOver() {
        var references = new ArrayList<>(contract.findValuesAsText("$ref"));
        // Security schemes are named, not referred to.
        contract.findValues("security")
                .forEach(list -> list.forEach(scheme ->
                        names(scheme).forEach(name -> references.add("#/components/securitySchemes/" + name))));

        assertThat(references)
                .allMatch(reference -> !contract.at(reference.substring(1)).isMissingNode());
        for (var kind : contract.path("components").properties()) {
            for (var name : names(kind.getValue())) {
                assertThat(references).contains("#/components/" + kind.getKey() + "/" + name);
            }
        }
    }

    @Test
    void registrationTakesExactlyTheDeclaredFields() {
        var declared = contract.at("/components/schemas/Registration/properties");
        var fields =
                names(declared).stream().map(name -> "\"" + name + "\":[1]").collect(Collectors.joining(","));

        var reply = node.put("/api/v1/services/orders/instances/a", "{" + fields + ",\"undeclared\":1}");

        var unknown = StreamSupport.stream(reply.json().path("errors").spliterator(), false)
                .filter(error -> error.path("message").asText().equals("is not a known field"))
                .map(error -> error.path("field").asText());
        assertThat(unknown).containsExactly("undeclared");
    }

    @Test
    void answersHaveExactlyTheDeclaredFields() {
        node.put(
                "/api/v1/services/full/instances/a",
                "{\"host\":\"h\",\"port\":1,\"healthCheck\":{\"expectStatus\":\"200-399\"}}");
        var passing = node.put("/api/v1/services/full/instances/b", "{\"host\":\"h\",\"port\":1}")
                .json();

        var checked = node.get("/api/v1/services/full/instances/a").json();

        var expected = names(contract.at("/components/schemas/Instance/properties"));
        expected.remove("lastHeartbeat");
        // Nobody owns what was registered without a token.
        expected.remove("owner");
        assertThat(names(passing)).isEqualTo(expected);
        assertThat(names(checked)).containsAll(texts(contract.at("/components/schemas/Instance/required")));
        assertThat(names(checked.path("healthCheck")))
                .isEqualTo(names(contract.at("/components/schemas/HealthCheck/properties")));
        assertFields("/api/v1/stats", "Stats");
        assertFields("/api/v1/cluster", "Cluster");
        assertFields("/api/v1/cluster/digest", "Digest");
        assertFields("/api/v1/cluster/expiry", "Expiry");
        assertFields("/api/v1/services/full?status=any&limit=1", "Discovery");
        assertFields("/api/v1/instances?limit=1", "InstanceList");
        assertFields("/api/v1/services/full/history?limit=1", "History");
        assertThat(names(node.get("/api/v1/services/full/history")
                        .json()
                        .path("events")
                        .get(0)))
                .isEqualTo(names(contract.at("/components/schemas/Change/properties")));
        assertThat(texts(contract.at("/components/schemas/Change/properties/operation/enum")))
                .isEqualTo(Arrays.stream(io.rollcall.api.model.Operation.values())
                        .map(io.rollcall.api.model.Operation::wireName)
                        .collect(Collectors.toSet()));
        assertThat(names(node.get("/api/v1/services").json().path("services").get(0)))
                .isEqualTo(names(contract.at("/components/schemas/ServiceSummary/properties")));
        assertThat(names(node.get("/api/v1/cluster").json().path("members").get(0)))
                .isEqualTo(names(contract.at("/components/schemas/ClusterMember/properties")));
    }

    @Test
    void answersToBeatsHaveExactlyTheDeclaredFields() {
        node.put("/api/v1/services/beating/instances/a", "{\"host\":\"h\",\"port\":1}");
        var stale = "{\"name\":\"beating\",\"id\":\"a\",\"incarnation\":1}";
        var fields = names(contract.at("/components/schemas/Beat/properties")).stream()
                .map(name -> "\"" + name + "\":[1]")
                .collect(Collectors.joining(","));

        var one = node.put("/api/v1/services/beating/instances/a/heartbeat", "").json();
        var many = node.post("/api/v1/heartbeats", "[{\"name\":\"beating\",\"id\":\"a\"}," + stale + "]")
                .json();
        var bad = node.post("/api/v1/heartbeats", "[{" + fields + ",\"undeclared\":1}]")
                .json();
        var drain = node.post("/api/v1/services/beating/instances/a/drain", "{\"reason\":\"r\"}")
                .json();

        assertThat(names(one)).isEqualTo(names(contract.at("/components/schemas/Renewal/properties")));
        assertThat(names(many)).isEqualTo(names(contract.at("/components/schemas/BeatResult/properties")));
        assertThat(names(many.path("failed").get(0)))
                .isEqualTo(names(contract.at("/components/schemas/FailedBeat/properties")));
        assertThat(StreamSupport.stream(bad.path("errors").spliterator(), false)
                        .filter(error -> error.path("message").asText().equals("is not a known field"))
                        .map(error -> error.path("field").asText()))
                .containsExactly("instances[0].undeclared");
        assertThat(names(drain)).isEqualTo(names(contract.at("/components/schemas/Drain/properties")));
        assertThat(names(node.get("/api/v1/services/beating/instances/a").json()))
                .contains("lastHeartbeat");
    }

    @Test
    void answersAboutConfigurationHaveExactlyTheDeclaredFields() {
        var path = "/api/v1/config/fields/a";
        var stored = node.put(path, "{}").json();
        var dryRun = node.put(path + "?dryRun=true", "{}").json();
        var listed = node.get("/api/v1/config?prefix=fields/&values=true&limit=1");

        var always = texts(contract.at("/components/schemas/Config/required"));
        assertThat(names(stored)).isEqualTo(always);
        assertThat(names(contract.at("/components/schemas/Config/properties")))
                .containsAll(always)
                .contains("deleted", "actor");
        assertThat(names(dryRun)).isEqualTo(names(contract.at("/components/schemas/ConfigDryRun/properties")));
        assertFields(path + "?history=true", "ConfigHistory");
        assertThat(names(listed.json().path("keys").get(0))).containsAll(always).contains("value");
        node.put("/api/v1/config/fields/b", "{}");
        assertFields("/api/v1/config?prefix=fields/&limit=1", "ConfigList");
    }

    private static void assertFields(String path, String schema) {
        var expected = names(contract.at("/components/schemas/" + schema + "/properties"));
        // Only whoever does not see all is told of that.
        expected.remove("hidden");
        assertThat(names(node.get(path).json())).isEqualTo(expected);
    }

    @Test
    void eventsAndThoseWhoFollowHaveTheDeclaredFields() throws Exception {
        node.put("/api/v1/services/watched/instances/a", "{\"host\":\"h\",\"port\":1}");

        try (var stream = new EventConnection(node.port, "/api/v1/watch?service=watched")) {
            var declaredHeaders = contract.at("/paths/~1api~1v1~1watch/get/responses/200/headers");
            assertThat(names(declaredHeaders))
                    .allSatisfy(name -> assertThat(stream.headers).containsKey(name.toLowerCase(Locale.ROOT)));
            assertThat(names(stream.next().data()))
                    .isEqualTo(names(contract.at("/components/schemas/WatchSnapshot/properties")));
            node.delete("/api/v1/services/watched/instances/a");
            var declared = names(contract.at("/components/schemas/WatchChange/properties"));
            // Of a change whose trace is sampled alone.
            declared.remove("traceparent");
            assertThat(names(stream.nextNews().data())).isEqualTo(declared);
            assertFields("/api/v1/services/watched/subscribers", "SubscriberList");
            assertThat(names(node.get("/api/v1/services/watched/subscribers")
                            .json()
                            .path("subscribers")
                            .get(0)))
                    .isEqualTo(names(contract.at("/components/schemas/Subscriber/properties")));
            assertFields("/api/v1/cluster/watch", "WatchFigures");
        }
        try (var resumed = new EventConnection(node.port, "/api/v1/watch?lastEventId=1")) {
            assertThat(names(resumed.next().data()))
                    .isEqualTo(names(contract.at("/components/schemas/WatchSync/properties")));
        }
    }

    @Test
    void answersHaveTheDeclaredHeaders() {
        node.put("/api/v1/services/orders/instances/a", "{\"host\":\"h\",\"port\":1}");
        for (var operation : operations()) {
            var headers = operation.json().at("/responses/200/headers");
            // A stream has no end; its headers have a test of their own.
            var isStream = operation.json().at("/responses/200/content").has("text/event-stream");
            if (operation.method().equals("GET") && !isStream && !operation.needsToken()) {
                var reply = node.get(operation.examplePath());
                assertThat(reply.status()).as(operation.path()).isEqualTo(200);
                for (var name : names(headers)) {
                    assertThat(reply.header(name))
                            .as(operation.path() + " " + name)
                            .isNotNull();
                }
            }
        }
    }
}
