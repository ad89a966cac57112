package io.rollcall.server.http;

import static io.rollcall.server.http.RegistrationIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.server.http.HttpNode.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every bad input gets its status, code and field, and changes nothing. */
final class BadRequestIT {

    private static final String PUT_A = "/api/v1/services/orders/instances/a";
    private static final String GOOD = "\"host\":\"10.0.0.1\",\"port\":80";

    @TempDir
    static Path folder;

    private static HttpNode node;
    private String before;

    @BeforeAll
    static void start() {
        node = new HttpNode(folder);
        node.put(PUT_A, "{" + GOOD + "}");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void rememberState() {
        before = node.state();
    }

    @AfterEach
    void stateIsUnchanged() {
        assertThat(node.state()).isEqualTo(before);
    }

    private static List<String> fields(Reply reply) {
        return StreamSupport.stream(reply.json().path("errors").spliterator(), false)
                .map(error -> error.path("field").asText())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{}; host,port",
                "{'host':'','port':80}; host",
                "{'host':'a b','port':80}; host",
                "{'host':'256.1.1.1','port':80}; host",
                "{'host':'h','port':0}; port",
                "{'host':'h','port':65536}; port",
                "{'host':'h','port':-1}; port",
                "{'host':'h','port':'80'}; port",
                "{'host':'h','port':80.5}; port",
                "{'host':'h','port':1e3000}; port",
                "{'host':'h','port':99999999999}; port",
                "{'host':1,'port':80}; host",
                "{'host':['h'],'port':80}; host",
                "{GOOD,'prot':'http'}; prot",
                "{GOOD,'protocol':'ftp'}; protocol",
                "{GOOD,'protocol':7}; protocol",
                "{GOOD,'name':'other'}; name",
                "{GOOD,'id':'other'}; id",
                "{GOOD,'name':7}; name",
                "{GOOD,'version':'a\\u0000b'}; version",
                "{GOOD,'zone':'a\\nb'}; zone",
                "{GOOD,'tags':{'a':1}}; tags.a",
                "{GOOD,'tags':['a']}; tags",
                "{GOOD,'tags':{'':'x'}}; tags",
                "{GOOD,'tags':{'k':'\\ud800'}}; tags.k",
                "{GOOD,'metadata':{'k':'\\u0007'}}; metadata.k",
                "{GOOD,'weight':65536}; weight",
                "{GOOD,'weight':-1}; weight",
                "{GOOD,'ttl':'30'}; ttl",
                "{GOOD,'ttl':'500ms'}; ttl",
                "{GOOD,'ttl':30}; ttl",
                "{GOOD,'ttl':'25h'}; ttl",
                "{GOOD,'deregisterAfter':'-1s'}; deregisterAfter",
                "{GOOD,'healthCheck':{'interval':'10ms'}}; healthCheck.interval",
                "{GOOD,'healthCheck':{'type':'exec'}}; healthCheck.type",
                "{GOOD,'healthCheck':{'retries':0}}; healthCheck.retries",
                "{GOOD,'healthCheck':{'endpoint':'health'}}; healthCheck.endpoint",
                "{GOOD,'healthCheck':{'expectStatus':99}}; healthCheck.expectStatus",
                "{GOOD,'healthCheck':{'intervall':'1s'}}; healthCheck.intervall",
                "{GOOD,'healthCheck':'x'}; healthCheck",
                "{'host':'','port':0,'weight':-1,'x':1}; x,host,port,weight",
                "[]; body",
                "7; body",
                "null; body",
                "'text'; body",
            })
    void everyBadFieldIsNamed(String body, String expected) {
        var json = body.replace("GOOD", "'host':'10.0.0.1','port':80").replace('\'', '"');

        var reply = node.put(PUT_A, json);

        assertProblem(reply, 400, "invalid-request");
        assertThat(fields(reply)).containsExactlyInAnyOrder(expected.split(","));
        assertThat(reply.json().path("field").asText()).isEqualTo(fields(reply).get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "``; is required",
                "`   `; is required",
                "{; line 1, column 2",
                "{'host':'h','port':80,}; line 1, column 23",
                "{'host':'h'} {'port':80}; line 1",
                "{'host':'h','host':'i','port':80}; line 1",
                "{'host':'a\tb'}; line 1",
                "{host:'h'}; line 1",
                "{'port':NaN}; line 1",
                "nonsense; line 1",
            })
    void malformedJsonIsRefusedWithItsPlace(String body, String place) {
        var reply = node.put(PUT_A, body.replace('\'', '"'));

        assertProblem(reply, 400, "invalid-request");
        assertThat(reply.json().path("field").asText()).isEqualTo("body");
        assertThat(reply.json().path("detail").asText()).contains(place);
    }

    @Test
    void badUtf8AndDeepAndHugeJsonAreRefused() {
        for (var json : List.of(
                "[".repeat(100_000),
                "{\"tags\":" + "{\"a\":".repeat(40) + "1" + "}".repeat(40) + "}",
                "{\"port\":" + "9".repeat(5_000) + "}")) {
            var reply = node.put(PUT_A, json);
            assertProblem(reply, 400, "invalid-request");
            assertThat(reply.json().path("field").asText()).isEqualTo("body");
        }
        var bytes = "{\"host\":\"h\u00ff\",\"port\":80}".getBytes(StandardCharsets.ISO_8859_1);
        assertProblem(node.sendBytes("PUT", PUT_A, bytes), 400, "invalid-request");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "GET /api/v1/services/orders?filter=tags.a+==+ filter",
                "GET /api/v1/services/orders?filter= filter",
                "GET /api/v1/services/orders?tag=nocolon tag",
                "GET /api/v1/services/orders?status=well status",
                "GET /api/v1/services/orders?protocol=ftp protocol",
                "GET /api/v1/services/orders?limit=0 limit",
                "GET /api/v1/services/orders?limit=10001 limit",
                "GET /api/v1/services/orders?limit=x limit",
                "GET /api/v1/services/orders?cursor=%21 cursor",
                "GET /api/v1/instances?cursor=YS8v cursor",
                "GET /api/v1/services?cursor=Lg cursor",
                "GET /api/v1/services/orders?consistency=strong consistency",
                "GET /api/v1/services/orders?maxStaleness=2 maxStaleness",
                "GET /api/v1/services/orders?minIndex=-1 minIndex",
                "GET /api/v1/services/orders?minIndex=1.5 minIndex",
                "GET /api/v1/services/orders?namespace=-x namespace",
                "GET /api/v1/services/orders?namespace= namespace",
                "GET /api/v1/services/orders?index=x index",
                "GET /api/v1/services/orders?index=1&wait=11m wait",
                "GET /api/v1/services/orders?wait=30s wait",
                "GET /api/v1/services/orders?Consistency=stale Consistency",
                "GET /api/v1/services/orders?zone=a&zone=b zone",
                "GET /api/v1/services/orders?zone=%ff query",
                "GET /api/v1/services?status=any status",
                "GET /api/v1/services/-orders name",
                "GET /api/v1/services/%C3%A4 name",
                "GET /api/v1/services/a%20b name",
                "GET /api/v1/services/a+b name",
                "GET /api/v1/services/a%2520b request",
                "GET /api/v1/services/a%2Fb request",
                "GET /api/v1/services/%2e%2e request",
                "GET /api/v1/services//instances request",
                "GET /api/v1/services/orders/instances/a%21 id",
                "GET /api/v1/services/orders/instances/a?limit=1 limit",
                "GET /api/v1/stats?x=1 x",
                "GET /api/v1/cluster?x=1 x",
                "GET /api/v1/cluster/digest?index=x index",
                "GET /api/v1/cluster/expiry?x=1 x",
                "POST /api/v1/cluster/expiry/release?confirm=true confirm",
                "PUT /api/v1/services/orders/instances/a/heartbeat?incarnation=0 incarnation",
                "PUT /api/v1/services/orders/instances/a/heartbeat?incarnation=x incarnation",
                "PUT /api/v1/services/orders/instances/a/heartbeat?dryRun=true dryRun",
                "PUT /api/v1/services/orders/instances/a/heartbeat?ttl=5s ttl",
                "PUT /api/v1/services/orders/instances/a/heartbeat?namespace=-x namespace",
                "PUT /api/v1/services/orders/instances/a%21/heartbeat id",
                "PUT /api/v1/services/-orders/instances/a/heartbeat name",
                "POST /api/v1/services/orders/instances/a/drain?wait=601s wait",
                "GET /livez?x=1 x",
                "GET /readyz?for=writes for",
                "DELETE /api/v1/services/orders/instances/a?incarnation=0 incarnation",
                "DELETE /api/v1/services/orders/instances/a?incarnation=x incarnation",
                "DELETE /api/v1/services/orders/instances/a?dryRun=yes dryRun",
                "DELETE /api/v1/services/orders/instances/a?force=true force",
                "DELETE /api/v1/services/orders/instances filter",
                "DELETE /api/v1/services/orders/instances?confirm=1 confirm",
                "DELETE /api/v1/services/orders/instances?zone= zone",
                "DELETE /api/v1/services/orders/instances?filter=x filter",
            })
    void badParametersAreNamed(String method, String path, String field) {
        var reply = node.send(method, path, null);

        assertProblem(reply, 400, "invalid-request");
        assertThat(fields(reply)).containsExactly(field);
    }

    @Test
    void badFilterSaysWhere() {
        var reply = node.get("/api/v1/services/orders?filter=zone+==+%22a%22+andd+x");

        assertProblem(reply, 400, "invalid-request");
        assertThat(reply.json().path("position").asInt()).isEqualTo(12);
        assertThat(reply.json().path("errors").get(0).path("position").asInt()).isEqualTo(12);
    }

    @Test
    void pathQueryHeadersAndBodyAreJudgedTogether() {
        var reply = node.put(
                "/api/v1/services/-x/instances/a%21?takeover=perhaps&namespace=.&colour=red",
                "{\"host\":\"\",\"port\":0}", "Idempotency-Key", "a b", "If-Match", "42");

        assertProblem(reply, 400, "invalid-request");
        assertThat(fields(reply))
                .containsExactlyInAnyOrder(
                        "colour", "namespace", "Idempotency-Key", "takeover", "If-Match", "name", "id", "host", "port");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Idempotency-Key; a b",
                "Idempotency-Key; aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "If-Match; 42",
                "If-Match; W/\"42\"",
                "If-Match; \"0\"",
                "If-Match; \"1\", \"2\"",
                "If-None-Match; \"42\"",
            })
    void badHeadersAreNamed(String name, String value) {
        var reply = node.put(PUT_A, "{" + GOOD + "}", name, value);

        assertProblem(reply, 400, "invalid-request");
        assertThat(fields(reply)).containsExactly(name);
    }

    @Test
    void conditionsWhereNoneAreHeldToAreRefused() {
        assertThat(fields(
                        node.post("/api/v1/services/orders/instances", "{\"id\":\"z\"," + GOOD + "}", "If-Match", "*")))
                .containsExactly("If-Match");
        assertThat(fields(node.put(PUT_A + "/status", "{\"status\":\"draining\"}", "If-Match", "*")))
                .containsExactly("If-Match");
        assertThat(fields(node.put(PUT_A + "/heartbeat", "", "If-Match", "*"))).containsExactly("If-Match");
        assertThat(fields(
                        node.post("/api/v1/heartbeats", "[{\"name\":\"orders\",\"id\":\"a\"}]", "If-None-Match", "*")))
                .containsExactly("If-None-Match");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{}; status",
                "{'status':null}; status",
                "{'status':'critical'}; status",
                "{'status':7}; status",
                "{'status':'draining','why':'x'}; why",
                "{'status':'draining','reason':'a\\u0001'}; reason",
                "{'status':'draining','reason':7}; reason",
                "[]; body",
            })
    void badOperatorsWordsAreNamed(String body, String field) {
        var reply = node.put(PUT_A + "/status", body.replace('\'', '"'));

        assertProblem(reply, 400, "invalid-request");
        assertThat(fields(reply)).containsExactly(field);
    }

    @Test
    void limitsAreNamed() {
        var reply = node.put(PUT_A + "/status", "{\"status\":\"draining\",\"reason\":\"" + "x".repeat(257) + "\"}");

        assertProblem(reply, 400, "invalid-request");
        assertThat(reply.json().path("limit").asInt()).isEqualTo(256);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "[]; instances",
                "{}; instances",
                "{'instances':{}}; instances",
                "{'instances':[]}; instances",
                "{'instances':[],'atomic':true}; instances,atomic",
                "7; body",
                "[7]; instances[0]",
                "[{'name':'a','id':'1',GOOD},{'name':'a','id':'2','host':'h'}]; instances[1].port",
                "[{GOOD}]; instances[0].name,instances[0].id",
                "[{'name':'a','id':'1',GOOD},{'name':'b','id':'1',GOOD},{'name':'a','id':'1',GOOD}]; instances[2]",
            })
    void badItemRefusesTheWholeBatch(String body, String expected) {
        var json = body.replace("GOOD", "'host':'10.0.0.1','port':80").replace('\'', '"');

        var reply = node.post("/api/v1/registrations", json);

        assertProblem(reply, 400, "invalid-request");
        assertThat(fields(reply)).isSubsetOf(expected.split(",")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "; [{'name':'a','id':'1'},{'name':'a'}]; instances[1].id",
                "; [{'name':'a','id':'1','incarnation':'7'}]; instances[0].incarnation",
                "?dryRun=true; [{'name':'a','id':'1'}]; dryRun",
                "?namespace=.; [{'name':'a','id':'1','ttl':'1s'}]; namespace,instances[0].ttl",
                "; []; instances",
                "; {'instances':[{'name':'a','id':'1'}],'namespace':'x'}; namespace",
                "; 7; body",
                "; {; body",
            })
    void badBeatRefusesTheWholeBatch(String query, String body, String expected) {
        var reply = node.post("/api/v1/heartbeats" + (query == null ? "" : query), body.replace('\'', '"'));

        assertProblem(reply, 400, "invalid-request");
        assertThat(fields(reply)).containsExactly(expected.split(","));
    }

    @Test
    void bothPositionsOfARepeatedItemAreNamed() {
        var item = "{\"name\":\"a\",\"id\":\"1\"," + GOOD + "}";

        var reply = node.post("/api/v1/registrations", "[" + item + "," + item + "]");

        assertThat(reply.json().path("field").asText()).isEqualTo("instances[1]");
        assertThat(reply.json().path("detail").asText()).contains("instances[0]");
    }

    @Test
    void batchOverItsLengthIsRefused() {
        var item = "{\"name\":\"a\",\"id\":\"1\"," + GOOD + "}";

        var reply = node.post("/api/v1/registrations", "[" + String.join(",", Collections.nCopies(1_001, item)) + "]");

        assertProblem(reply, 400, "invalid-request");
        assertThat(reply.json().path("limit").asInt()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json; charset=iso-8859-1",
                "application/xml",
                "nonsense",
            })
    void otherMediaTypesAreRefused(String type) {
        var reply = node.put(PUT_A, "{" + GOOD + "}", "Content-Type", type);

        assertProblem(reply, 415, "unsupported-media-type");
        assertThat(reply.json().path("accepted").asText()).isEqualTo("application/json");
    }

    @Test
    void bodyWithoutAMediaTypeIsRefused() {
        assertProblem(node.put(PUT_A, "{" + GOOD + "}", "Content-Type", ""), 415, "unsupported-media-type");
        assertProblem(node.post("/api/v1/registrations", "[]", "Content-Type", ""), 415, "unsupported-media-type");
        assertProblem(node.post("/api/v1/heartbeats", "[]", "Content-Type", ""), 415, "unsupported-media-type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/ 404",
                "/api/v1 404",
                "/api/v1/services/ 404",
                "/api/v1/services/orders/ 404",
                "/api/v1/services/orders/instances/ 404",
                "/api/v1/Services 404",
                "/api/v1/watch/ 404",
                "/api/v1/config/ 404",
                "/api/v2/services 404",
                "/metrics/ 404",
            })
    void unknownPathsAreNotFound(String path, int status) {
        assertProblem(node.get(path), status, "not-found");
        assertProblem(node.delete(path), status, "not-found");
        assertThat(node.send("HEAD", path, null).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE|/api/v1/services/orders|GET, HEAD",
                "PATCH|/api/v1/services/orders/instances/a|GET, HEAD, PUT, DELETE",
                "OPTIONS|/api/v1/services/orders/instances|POST, DELETE",
                "GET|/api/v1/registrations|POST",
                "HEAD|/api/v1/registrations|POST",
                "TRACE|/livez|GET, HEAD",
                "PROPFIND|/api/v1/stats|GET, HEAD",
                "GET|/api/v1/services/orders/instances/a/status|PUT, DELETE",
                "GET|/api/v1/services/orders/instances/a/heartbeat|PUT",
                "GET|/api/v1/services/orders/instances/a/drain|POST",
                "PUT|/api/v1/heartbeats|POST",
                "DELETE|/api/v1/cluster/expiry|GET, HEAD",
                "GET|/api/v1/cluster/expiry/release|POST",
            })
    void otherMethodsAreNotAllowedAndTheAllowedAreNamed(String method, String path, String allowed) {
        var reply = node.send(method, path, null);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo(allowed);
        if (!method.equals("HEAD")) {
            assertProblem(reply, 405, "method-not-allowed");
        }
    }

    @Test
    void methodCannotBeOverridden() {
        var reply = node.get(PUT_A, "X-HTTP-Method-Override", "DELETE");

        assertThat(reply.status()).isEqualTo(405);
    }

    @Test
    void problemOfOneFieldNamesItOnce() {
        JsonNode problem = node.put(PUT_A, "{\"host\":\"h\",\"port\":0}").json();

        assertThat(problem.path("field").asText()).isEqualTo("port");
        assertThat(problem.path("limit").asInt()).isEqualTo(1);
        assertThat(problem.path("errors")).hasSize(1);
        assertThat(problem.path("errors").get(0).path("message").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).startsWith("port ");
    }
}
