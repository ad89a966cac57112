package io.rollcall.server.http;

import static io.rollcall.server.http.RegistrationIT.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.server.http.HttpNode.Reply;
import io.rollcall.server.view.TestAcl;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writing configuration over HTTP, and reading it back. */
final class ConfigIT {

    private static final String URL = "/api/v1/config/orders/db.url";

    @TempDir
    Path folder;

    private HttpNode node;

    @BeforeEach
    void start() {
        node = new HttpNode(folder);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Reply put(String path, String text, String... headers) {
        return node.sendBytes("PUT", path, text.getBytes(UTF_8), "text/plain", headers);
    }

    private static long index(Reply reply) {
        return Long.parseLong(reply.header("Registry-Index"));
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(element -> element.path(field).asText())
                .toList();
    }

    @Test
    void newKeyIsCreatedAndReadBackAsItWasGiven() {
        var value = new byte[1_000];
        new Random(7).nextBytes(value);

        var created = node.sendBytes("PUT", URL, value, "application/x-thing; charset=latin1");
        var read = node.get(URL);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo(URL);
        assertThat(created.header("ETag")).isEqualTo("\"" + index(created) + "\"");
        var meta = created.json();
        assertThat(meta.path("namespace").asText()).isEqualTo("default");
        assertThat(meta.path("key").asText()).isEqualTo("orders/db.url");
        assertThat(meta.path("version").asLong()).isEqualTo(1);
        assertThat(meta.path("createIndex").asLong()).isEqualTo(index(created));
        assertThat(meta.path("modifyIndex").asLong()).isEqualTo(index(created));
        assertThat(meta.path("contentType").asText()).isEqualTo("application/x-thing; charset=latin1");
        assertThat(meta.path("size").asInt()).isEqualTo(1_000);
        assertThat(meta.path("secret").asBoolean()).isFalse();
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.response().body()).isEqualTo(value);
        assertThat(read.header("Content-Type")).isEqualTo("application/x-thing; charset=latin1");
        assertThat(index(read)).isEqualTo(index(created));
        assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
        assertThat(read.header("Registry-Config-Version")).isEqualTo("1");
        assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "a/b;c=d;e", "nonsense"})
    void contentTypeIsKept(String type) {
        node.sendBytes("PUT", URL, new byte[] {1}, type);

        assertThat(node.get(URL).header("Content-Type")).isEqualTo(type);
    }

    @Test
    void valueWithoutAContentTypeIsBytes() {
        node.sendBytes("PUT", URL, new byte[] {1}, "");

        assertThat(node.get(URL).header("Content-Type")).isEqualTo("application/octet-stream");
    }

    @Test
    void emptyValueIsAValue() {
        assertThat(put(URL, "").status()).isEqualTo(201);

        var read = node.get(URL);

        assertThat(read.status()).isEqualTo(200);
        assertThat(read.text()).isEmpty();
    }

    @Test
    void largestValueFitsAndOneByteMoreDoesNot() {
        assertThat(node.sendBytes("PUT", URL, new byte[512 * 1024], "").status())
                .isEqualTo(201);
        assertThat(node.get(URL).response().body()).hasSize(512 * 1024);

        var refused = node.sendBytes("PUT", URL, new byte[512 * 1024 + 1], "");

        assertProblem(refused, 413, "too-large");
        assertThat(refused.json().path("limit").asInt()).isEqualTo(512 * 1024);
    }

    @Test
    void nextValueIsANewVersion() {
        put(URL, "a");

        var second = put(URL, "b");

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.header("Location")).isNull();
        assertThat(second.json().path("version").asLong()).isEqualTo(2);
        assertThat(node.get(URL).text()).isEqualTo("b");
        assertThat(node.get(URL + "?version=1").text()).isEqualTo("a");
        assertThat(node.get(URL + "?version=1").header("Registry-Config-Version"))
                .isEqualTo("1");
        assertProblem(node.get(URL + "?version=3"), 404, "version-not-found");
    }

    @Test
    void conditionsAreHeld() {
        assertProblem(put(URL, "a", "If-Match", "*"), 412, "precondition-failed");
        var first = put(URL, "a", "If-None-Match", "*");
        assertThat(first.status()).isEqualTo(201);
        assertProblem(put(URL, "b", "If-None-Match", "*"), 412, "precondition-failed");

        var stale = put(URL, "b", "If-Match", "\"" + (index(first) + 1) + "\"");
        var second = put(URL, "b", "If-Match", first.header("ETag"));
        var late = node.delete(URL, "If-Match", first.header("ETag"));

        assertProblem(stale, 412, "precondition-failed");
        assertThat(stale.json().path("modifyIndex").asLong()).isEqualTo(index(first));
        assertThat(second.status()).isEqualTo(200);
        assertProblem(late, 412, "precondition-failed");
        assertThat(node.get(URL).text()).isEqualTo("b");
    }

    @Test
    void deletedKeyIsGoneAndItsVersionsStay() {
        put(URL, "a");

        var deleted = node.delete(URL);
        var read = node.get(URL);

        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.text()).isEmpty();
        assertProblem(read, 404, "config-not-found");
        assertThat(index(read)).isEqualTo(index(deleted));
        assertProblem(node.delete(URL), 404, "config-not-found");
        assertThat(node.get(URL + "?version=1").text()).isEqualTo("a");
        assertProblem(node.get(URL + "?version=2"), 404, "version-not-found");
        var again = put(URL, "b");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().path("version").asLong()).isEqualTo(3);
    }

    @Test
    void unknownKeyIsNotFoundAtIndexOne() {
        var reply = node.get(URL);

        assertProblem(reply, 404, "config-not-found");
        assertThat(index(reply)).isEqualTo(1);
        assertThat(reply.header("Registry-Applied")).isNotNull();
        assertProblem(node.get(URL + "?history=true"), 404, "config-not-found");
        assertProblem(node.get(URL + "?version=1"), 404, "config-not-found");
        assertProblem(node.post(URL + "?rollback=1", ""), 404, "config-not-found");
    }

    @Test
    void historyListsVersionsNewestFirst() {
        put(URL, "a");
        put(URL, "bb");
        node.delete(URL);

        var reply = node.get(URL + "?history=true");

        var versions = reply.json().path("versions");
        assertThat(reply.json().path("key").asText()).isEqualTo("orders/db.url");
        assertThat(texts(versions, "version")).containsExactly("3", "2", "1");
        assertThat(texts(versions, "size")).containsExactly("0", "2", "1");
        assertThat(texts(versions, "deleted")).containsExactly("true", "", "");
        assertThat(node.get(URL + "?history=true", "If-None-Match", reply.header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void rollbackRestoresAnEarlierValue() {
        put(URL, "a");
        node.sendBytes("PUT", URL, new byte[] {9}, "application/x");

        var back = node.post(URL + "?rollback=1", null);

        assertThat(back.status()).isEqualTo(200);
        assertThat(back.json().path("version").asLong()).isEqualTo(3);
        assertThat(node.get(URL).text()).isEqualTo("a");
        assertThat(node.get(URL).header("Content-Type")).isEqualTo("text/plain");
        node.delete(URL);
        assertThat(node.post(URL + "?rollback=2", null).status()).isEqualTo(201);
        assertProblem(node.post(URL + "?rollback=4", null), 404, "version-not-found");
        assertProblem(
                node.post(URL + "?rollback=1", null, "If-Match", back.header("ETag")), 412, "precondition-failed");
        assertProblem(node.post(URL, null), 400, "invalid-request");
    }

    @Test
    void secretIsShownOnlyToWhoAsksForItAndMaySeeIt() {
        put(URL + "?secret=true", "hush");
        new TestAcl(node.acl).token("keeper", "config:read *", "secret:read *").token("other", "config:write *");
        var keeper = new String[] {"Authorization", TestAcl.bearer("keeper")};
        var other = new String[] {"Authorization", TestAcl.bearer("other")};

        assertProblem(node.get(URL), 403, "permission-denied");
        assertProblem(node.get(URL + "?version=1"), 403, "permission-denied");
        assertProblem(node.get(URL + "?reveal=true"), 401, "unauthenticated");
        assertProblem(node.get(URL + "?reveal=true", other), 403, "permission-denied");
        assertProblem(node.get(URL + "?reveal=true&version=1", other), 403, "permission-denied");
        assertThat(node.get(URL + "?reveal=true", other)
                        .json()
                        .path("permission")
                        .asText())
                .startsWith("secret:read ");
        assertThat(node.get(URL + "?reveal=true", keeper).text()).isEqualTo("hush");
        assertThat(node.get(URL + "?reveal=true&version=1", keeper).text()).isEqualTo("hush");
        assertThat(node.get("/api/v1/config?values=true&reveal=true", other)
                        .json()
                        .path("keys")
                        .get(0)
                        .has("value"))
                .isFalse();
        var listed = node.get("/api/v1/config?values=true").json().path("keys").get(0);
        assertThat(listed.path("secret").asBoolean()).isTrue();
        assertThat(listed.has("value")).isFalse();
        assertThat(node.get("/api/v1/config?values=true&reveal=true", keeper)
                        .json()
                        .path("keys")
                        .get(0)
                        .path("value")
                        .asText())
                .isEqualTo(Base64.getEncoder().encodeToString("hush".getBytes(UTF_8)));
    }

    @Test
    void keysAreListedByPrefixInPages() {
        for (var path : List.of("b", "a/2", "a/1", "a/3", "ab")) {
            put("/api/v1/config/" + path, path);
        }
        node.delete("/api/v1/config/a/3");

        var all = node.get("/api/v1/config");
        var some = node.get("/api/v1/config?prefix=a/&values=true");
        var first = node.get("/api/v1/config?limit=2").json();
        var second = node.get(
                        "/api/v1/config?limit=2&cursor=" + first.path("cursor").asText())
                .json();

        assertThat(texts(all.json().path("keys"), "key")).containsExactly("a/1", "a/2", "ab", "b");
        assertThat(all.json().has("cursor")).isFalse();
        assertThat(texts(some.json().path("keys"), "key")).containsExactly("a/1", "a/2");
        assertThat(texts(some.json().path("keys"), "value")).containsExactly("YS8x", "YS8y");
        assertThat(texts(first.path("keys"), "key")).containsExactly("a/1", "a/2");
        assertThat(texts(second.path("keys"), "key")).containsExactly("ab", "b");
        assertThat(second.has("cursor")).isFalse();
        assertThat(some.json().path("index").asLong()).isEqualTo(index(some));
        put("/api/v1/config/b", "c");
        assertThat(index(node.get("/api/v1/config?prefix=a/"))).isEqualTo(index(some));
        assertThat(node.get("/api/v1/config?prefix=a/&values=true", "If-None-Match", some.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(node.get("/api/v1/config?prefix=none").json().path("index").asLong())
                .isEqualTo(1);
    }

    @Test
    void pageOfValuesEndsBeforeAMebibyte() {
        for (var i = 0; i < 5; i++) {
            node.sendBytes("PUT", "/api/v1/config/big/" + i, new byte[400 * 1024], "");
        }

        var first = node.get("/api/v1/config?values=true").json();
        var plain = node.get("/api/v1/config").json();

        assertThat(texts(first.path("keys"), "key")).containsExactly("big/0", "big/1");
        assertThat(first.path("cursor").asText()).isNotEmpty();
        assertThat(plain.path("keys")).hasSize(5);
    }

    @Test
    void namespacesAreApart() {
        put(URL + "?namespace=a", "of a");

        assertProblem(node.get(URL), 404, "config-not-found");
        assertThat(node.get(URL + "?namespace=a").text()).isEqualTo("of a");
        assertThat(put(URL + "?namespace=b", "x").header("Location")).isEqualTo(URL + "?namespace=b");
        assertThat(node.get("/api/v1/config?namespace=a").json().path("keys")).hasSize(1);
        assertThat(node.get("/api/v1/config").json().path("keys")).isEmpty();
    }

    @Test
    void repetitionUnderTheSameKeyGetsTheFirstAnswer() {
        var first = put(URL, "a", "Idempotency-Key", "k1");
        put(URL, "b");

        var again = put(URL, "a", "Idempotency-Key", "k1");
        var other = put(URL, "c", "Idempotency-Key", "k1");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertProblem(other, 422, "idempotency-key-reused");
        assertThat(node.get(URL).text()).isEqualTo("b");
    }

    @Test
    void dryRunSaysWhatWouldChangeAndChangesNothing() {
        var create = put(URL + "?dryRun=true", "a");
        assertProblem(node.get(URL), 404, "config-not-found");
        put(URL, "a");
        var replace = put(URL + "?dryRun=true", "bb");
        var delete = node.delete(URL + "?dryRun=true");
        var back = node.post(URL + "?rollback=1&dryRun=true", null);
        var refused = put(URL + "?dryRun=true", "c", "If-None-Match", "*");

        assertThat(create.status()).isEqualTo(200);
        assertThat(create.json().path("status").asInt()).isEqualTo(201);
        assertThat(create.json().path("before").isNull()).isTrue();
        assertThat(replace.json().path("status").asInt()).isEqualTo(200);
        assertThat(replace.json().path("config").path("size").asInt()).isEqualTo(2);
        assertThat(replace.json().path("before").path("size").asInt()).isEqualTo(1);
        assertThat(delete.json().path("status").asInt()).isEqualTo(204);
        assertThat(delete.json().path("config").isNull()).isTrue();
        assertThat(back.json().path("config").path("version").asInt()).isEqualTo(2);
        assertProblem(refused, 412, "precondition-failed");
        assertThat(node.get(URL).header("Registry-Config-Version")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/config/a//b, 400",
        "GET, /api/v1/config/a%2Fb, 400",
        "GET, /api/v1/config/a/%2e%2e/b, 400",
        "GET, /api/v1/config/a%20b, 400",
        "GET, /api/v1/config/a:b, 400",
        "GET, /api/v1/config/a/, 400",
        "PUT, /api/v1/config/a/, 400",
        "DELETE, /api/v1/config/a/, 400",
        "DELETE, /api/v1/config, 405",
        "DELETE, /api/v1/config/, 404",
        "GET, /api/v1/config?prefix=/a, 400",
        "GET, /api/v1/config?limit=0, 400",
        "GET, /api/v1/config?limit=10001, 400",
        "GET, /api/v1/config?cursor=_, 400",
        "GET, /api/v1/config/a?secret=true, 400",
        "GET, /api/v1/config/a?version=0, 400",
        "GET, /api/v1/config/a?version=1&history=true, 400",
        "GET, /api/v1/config/a?version=1&index=1, 400",
        "GET, /api/v1/config/a?wait=1s, 400",
        "GET, /api/v1/config/a?index=1&wait=11m, 400",
        "GET, /api/v1/config/a?index=x, 400",
        "POST, /api/v1/config/a?rollback=0, 400",
        "PATCH, /api/v1/config/a, 405"
    })
    void badRequestsAreRefused(String method, String path, int status) {
        var reply = node.send(method, path, null);

        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().path("code").asText()).isNotEmpty();
    }

    @Test
    void everyBadPartOfAWriteIsNamed() {
        var reply = node.sendBytes("PUT", "/api/v1/config/a:b?dryRun=x&colour=1", new byte[1], "x".repeat(256));

        assertThat(texts(reply.json().path("errors"), "field"))
                .containsExactlyInAnyOrder("key", "dryRun", "colour", "Content-Type");
    }

    @Test
    void readsAreAsCurrentAsTheyAreAskedToBe() {
        put(URL, "a");

        assertThat(node.get(URL).header("Registry-Consistency")).isEqualTo("stale");
        assertThat(node.get(URL + "?consistency=linearizable").header("Registry-Consistency"))
                .isEqualTo("linearizable");
        assertThat(node.get("/api/v1/config?consistency=linearizable").status()).isEqualTo(200);
        node.cluster.hasQuorum = false;
        assertThat(node.get(URL).text()).isEqualTo("a");
        assertProblem(node.get(URL + "?consistency=linearizable"), 503, "no-leader");
        assertProblem(node.get(URL + "?minIndex=1000000"), 503, "not-ready");
        node.cluster.caughtUp = false;
        assertProblem(node.get(URL), 503, "not-ready");
        assertProblem(node.get("/api/v1/config"), 503, "not-ready");
        assertProblem(put(URL, "b"), 503, "not-ready");
    }

    @Test
    void nodeWhoseStoreIsBeingReplacedSaysSo() {
        put(URL, "a");
        node.cluster.hasStore = false;

        assertProblem(node.get(URL), 503, "not-ready");
        assertProblem(node.get(URL + "?version=1"), 503, "not-ready");
        assertProblem(node.get(URL + "?history=true"), 503, "not-ready");
        assertProblem(node.get("/api/v1/config?values=true"), 503, "not-ready");
        assertThat(node.get("/api/v1/config").status()).isEqualTo(200);
    }

    @Test
    void namespaceTakesNoMoreKeysThanAreAllowed() {
        for (int i = 0; i < HttpNode.CONFIGURATION.maxKeys(); i++) {
            put("/api/v1/config/k" + i, "");
        }

        var refused = put("/api/v1/config/one-more", "");
        var again = put("/api/v1/config/k0", "a");
        var elsewhere = put("/api/v1/config/one-more?namespace=other", "");

        assertProblem(refused, 403, "quota-exceeded");
        assertThat(refused.json().path("limit").asInt()).isEqualTo(HttpNode.CONFIGURATION.maxKeys());
        assertThat(refused.json().path("detail").asText()).contains("configuration.max-keys");
        assertThat(again.status()).isEqualTo(200);
        assertThat(elsewhere.status()).isEqualTo(201);
    }

    @Test
    void allVersionsTogetherTakeNoMoreThanIsAllowed() {
        var value = "x".repeat(500 * 1024);
        var fit = (int) (HttpNode.CONFIGURATION.maxSizeBytes() / (500 * 1024));
        for (int i = 1; i < fit; i++) {
            assertThat(put(URL, value).status()).isIn(200, 201);
        }
        assertThat(put(URL, value, "Idempotency-Key", "last").status()).isEqualTo(200);

        var refused = put(URL, value);
        var repeated = put(URL, value, "Idempotency-Key", "last");
        var deleted = node.delete(URL);

        assertProblem(refused, 403, "quota-exceeded");
        assertThat(refused.json().path("limit").asLong()).isEqualTo(HttpNode.CONFIGURATION.maxSizeBytes());
        assertThat(refused.json().path("detail").asText()).contains("configuration.max-size");
        assertThat(repeated.status()).as("it was done").isEqualTo(200);
        assertThat(deleted.status()).isEqualTo(204);
    }
}
