package io.rollcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.server.http.HttpNode.Reply;
import io.rollcall.server.view.TestAcl;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AclIT {

    private static final String TOKENS = "/api/v1/acl/tokens";
    private static final String POLICIES = "/api/v1/acl/policies";
    private static final String RULES = "{\"description\":\"d\",\"rules\":["
            + "{\"resource\":\"service\",\"level\":\"write\",\"prefix\":\"web-\"},"
            + "{\"resource\":\"config\",\"level\":\"read\",\"namespace\":\"team\",\"name\":\"web/db.url\"},"
            + "{\"resource\":\"operator\",\"level\":\"deny\"}]}";

    @TempDir
    private static Path folder;

    private static HttpNode node;

    @BeforeAll
    static void start() {
        node = new HttpNode(folder);
        new TestAcl(node.acl).token("root", "acl:write", "operator:write", "service:write *");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Reply send(String method, String path, String json, String... headers) {
        return sendAs("root.secret-of-root", method, path, json, headers);
    }

    private static Reply sendAs(String token, String method, String path, String json, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Authorization";
        all[1] = "Bearer " + token;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return node.send(method, path, json, all);
    }

    private static JsonNode created(String body) {
        Reply reply = send("POST", TOKENS, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json();
    }

    @Test
    void withoutATokenNothingIsToldAndNothingIsMade() {
        assertThat(node.get(TOKENS).status()).isEqualTo(401);
        assertThat(node.post(TOKENS, "{\"identity\":\"x\"}").status()).isEqualTo(401);
        assertThat(node.put(POLICIES + "/x", RULES).status()).isEqualTo(401);
    }

    @Test
    void policyIsPutReadListedReplacedAndDeleted() {
        Reply made = send("PUT", POLICIES + "/web", RULES);
        Reply again = send("PUT", POLICIES + "/web", RULES);
        Reply read = send("GET", POLICIES + "/web", null);
        Reply stale = send("DELETE", POLICIES + "/web", null, "If-Match", made.header("ETag"));

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(again.json());
        assertThat(read.json().path("rules")).hasSize(3);
        assertThat(read.json().path("rules").get(0).toString())
                .isEqualTo("{\"resource\":\"service\",\"level\":\"write\",\"prefix\":\"web-\"}");
        assertThat(read.json().path("rules").get(1).path("namespace").asText()).isEqualTo("team");
        assertThat(send("GET", POLICIES, null).json().path("policies").findValuesAsText("name"))
                .contains("web", "global-management");
        assertThat(stale.status()).as(stale.text()).isEqualTo(412);
        // What was read can be put back.
        assertThat(send("PUT", POLICIES + "/web", read.text()).status()).isEqualTo(200);
        assertThat(send("DELETE", POLICIES + "/web?dryRun=true", null)
                        .json()
                        .path("before")
                        .path("name")
                        .asText())
                .isEqualTo("web");
        assertThat(send("DELETE", POLICIES + "/web", null).status()).isEqualTo(204);
        assertThat(send("GET", POLICIES + "/web", null).json().path("code").asText())
                .isEqualTo("policy-not-found");
        assertThat(send("DELETE", POLICIES + "/web", null).json().path("code").asText())
                .isEqualTo("policy-not-found");
    }

    @Test
    void builtInPolicyStays() {
        assertThat(send("PUT", POLICIES + "/global-management", RULES)
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("policy-built-in");
        assertThat(send("DELETE", POLICIES + "/global-management", null).status())
                .isEqualTo(409);
        assertThat(send("GET", POLICIES + "/global-management", null)
                        .json()
                        .path("builtIn")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void tokenIsShownOnceWorksAndIsGoneWhenItIsTakenBack() {
        send("PUT", POLICIES + "/shop", RULES.replace("web-", "shop-"));
        JsonNode made = created("{\"identity\":\"shop\",\"description\":\"by hand\",\"policies\":[\"shop\",\"none\"]}");
        String token = made.path("token").asText();
        String id = made.path("id").asText();
        String secret = token.substring(id.length() + 1);

        assertThat(id).matches("[0-9a-f]{20}");
        assertThat(token).startsWith(id + ".");
        assertThat(secret).matches("[A-Za-z0-9_-]{43}");
        assertThat(made.path("unknownPolicies").toString()).isEqualTo("[\"none\"]");
        assertThat(made.has("expiresAt")).isFalse();
        Reply read = send("GET", TOKENS + "/" + id, null);
        Reply listed = send("GET", TOKENS + "?identity=shop", null);
        assertThat(read.text() + listed.text()).doesNotContain(secret).doesNotContain("secret", "hash");
        assertThat(listed.json().path("tokens")).hasSize(1);
        String instance = "/api/v1/services/shop-a/instances/a";
        assertThat(sendAs(token, "PUT", instance, "{\"host\":\"h\",\"port\":1}")
                        .json()
                        .path("owner")
                        .asText())
                .isEqualTo("shop");
        assertThat(sendAs(token, "GET", TOKENS, null).status()).isEqualTo(403);
        assertThat(sendAs(id + ".wrong", "PUT", instance, "{\"host\":\"h\",\"port\":1}")
                        .status())
                .isEqualTo(401);

        assertThat(send("DELETE", TOKENS + "/" + id, null).status()).isEqualTo(204);

        assertThat(sendAs(token, "PUT", instance, "{\"host\":\"h\",\"port\":1}").status())
                .isEqualTo(401);
        assertThat(send("GET", TOKENS + "/" + id, null).json().path("code").asText())
                .isEqualTo("token-not-found");
    }

    @Test
    void rotatedTokenIsTheSameOwnerAndTheOldOneEnds() {
        send("PUT", POLICIES + "/team", RULES.replace("web-", "team-"));
        JsonNode old = created("{\"identity\":\"team\",\"policies\":[\"team\"]}");
        String oldToken = old.path("token").asText();
        String instance = "/api/v1/services/team-a/instances/a";
        sendAs(oldToken, "PUT", instance, "{\"host\":\"h\",\"port\":1}");

        Reply kept = send("POST", TOKENS + "/" + old.path("id").asText() + "/rotate", "{\"overlap\":\"1h\"}");
        String newToken = kept.json().path("token").asText();
        assertThat(kept.status()).as(kept.text()).isEqualTo(201);
        assertThat(kept.json().path("previous").path("expiresAt").asText()).isNotEmpty();
        assertThat(sendAs(oldToken, "PUT", instance, "{\"host\":\"h\",\"port\":1}")
                        .status())
                .isEqualTo(200);
        assertThat(sendAs(newToken, "PUT", instance, "{\"host\":\"h\",\"port\":1}")
                        .status())
                .isEqualTo(200);

        Reply ended = send("POST", TOKENS + "/" + kept.json().path("id").asText() + "/rotate", null);
        assertThat(ended.status()).as(ended.text()).isEqualTo(201);
        assertThat(sendAs(newToken, "PUT", instance, "{\"host\":\"h\",\"port\":1}")
                        .status())
                .isEqualTo(401);
        assertThat(sendAs(ended.json().path("token").asText(), "DELETE", instance, null)
                        .status())
                .isEqualTo(204);
    }

    @Test
    void othersInstanceIsLeftAloneByAllWaysOfWriting() {
        send("PUT", POLICIES + "/all", "{\"rules\":[{\"resource\":\"service\",\"level\":\"write\",\"prefix\":\"\"}]}");
        String mine = created("{\"identity\":\"mine\",\"policies\":[\"all\"]}")
                .path("token")
                .asText();
        String other = created("{\"identity\":\"other\",\"policies\":[\"all\"]}")
                .path("token")
                .asText();
        String service = "/api/v1/services/shared";
        String body = "{\"host\":\"h\",\"port\":1}";
        assertThat(sendAs(mine, "PUT", service + "/instances/a", body).status()).isEqualTo(201);
        assertThat(sendAs(other, "PUT", service + "/instances/b", body).status())
                .isEqualTo(201);

        Reply put = sendAs(other, "PUT", service + "/instances/a?takeover=true", body);
        Reply dry = sendAs(other, "PUT", service + "/instances/a?dryRun=true", body);
        Reply delete = sendAs(other, "DELETE", service + "/instances/a", null);
        Reply many = sendAs(other, "DELETE", service + "/instances?confirm=true", null);

        assertThat(put.json().path("code").asText()).as(put.text()).isEqualTo("not-owner");
        assertThat(put.text()).doesNotContain("mine");
        assertThat(dry.status()).isEqualTo(403);
        assertThat(delete.status()).isEqualTo(403);
        assertThat(many.text()).isEqualTo("{\"removed\":1,\"refused\":1}");
        assertThat(send("PUT", service + "/instances/a", body)
                        .json()
                        .path("owner")
                        .asText())
                .isEqualTo("mine");
        assertThat(send("DELETE", service + "/instances/a", null).status()).isEqualTo(204);
    }

    @Test
    void tokenOfThoseWhoShowNoneIsMadeByPutAndHasNoSecret() {
        Reply made = send("PUT", TOKENS + "/anonymous", "{\"policies\":[]}");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().has("token")).isFalse();
        assertThat(made.json().path("identity").asText()).isEqualTo("anonymous");
        assertThat(sendAs("anonymous.", "GET", TOKENS, null).status()).isEqualTo(401);
        assertThat(send("PUT", TOKENS + "/nobody", "{\"policies\":[]}").status())
                .isEqualTo(404);
        assertThat(send("DELETE", TOKENS + "/anonymous", null).status()).isEqualTo(204);
    }

    @Test
    void dryRunMakesNothingAndShowsNoSecret() {
        Reply dry = send("POST", TOKENS + "?dryRun=true", "{\"identity\":\"dry\"}");

        assertThat(dry.json().path("status").asInt()).isEqualTo(201);
        assertThat(dry.json().path("after").has("token")).isFalse();
        assertThat(send("GET", TOKENS + "?identity=dry", null).json().path("tokens"))
                .isEmpty();
    }

    @Test
    void repetitionIsNotAnsweredWithTheSecretAgain() {
        assertThat(send("POST", TOKENS, "{\"identity\":\"again\"}", "Idempotency-Key", "k-1")
                        .status())
                .isEqualTo(201);
        Reply repeated = send("POST", TOKENS, "{\"identity\":\"again\"}", "Idempotency-Key", "k-1");

        assertThat(repeated.json().path("code").asText()).isEqualTo("idempotency-key-reused");
        assertThat(send("GET", TOKENS + "?identity=again", null).json().path("tokens"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{} | identity",
                "{'identity':'a b'} | identity",
                "{'identity':'a','ttl':'1ms'} | ttl",
                "{'identity':'a','ttl':'90000h'} | ttl",
                "{'identity':'a','policies':['x','x']} | policies",
                "{'identity':'a','policies':['/']} | policies[0]",
                "{'identity':'a','policies':'x'} | policies",
                "{'identity':'a','secret':'x'} | secret",
            })
    void badTokenIsRefusedByTheNameOfItsField(String body, String field) {
        Reply reply = send("POST", TOKENS, body.replace('\'', '"'));

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().path("errors").findValuesAsText("field")).contains(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{} | rules",
                "{'rules':[{}]} | rules[0].resource",
                "{'rules':[{'resource':'service','level':'all','name':'a'}]} | rules[0].level",
                "{'rules':[{'resource':'service','level':'read'}]} | rules[0]",
                "{'rules':[{'resource':'service','level':'read','name':'a','prefix':'b'}]} | rules[0]",
                "{'rules':[{'resource':'acl','level':'read','name':'a'}]} | rules[0]",
                "{'rules':[{'resource':'service','level':'read','name':'a/b'}]} | rules[0].name",
                "{'rules':[{'resource':'config','level':'read','name':'/a'}]} | rules[0].name",
                "{'name':'b','rules':[]} | name",
            })
    void badPolicyIsRefusedByTheNameOfItsField(String body, String field) {
        Reply reply = send("PUT", POLICIES + "/bad", body.replace('\'', '"'));

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().path("errors").findValuesAsText("field")).contains(field);
    }

    @Test
    void listsComeInPages() {
        for (String name : new String[] {"page-1", "page-2", "page-3"}) {
            send("PUT", POLICIES + "/" + name, "{\"rules\":[]}");
        }

        JsonNode first = send("GET", POLICIES + "?limit=2&cursor=page-", null).json();
        JsonNode second = send(
                        "GET",
                        POLICIES + "?limit=2&cursor=" + first.path("next").asText(),
                        null)
                .json();

        assertThat(first.path("policies").findValuesAsText("name")).containsExactly("page-1", "page-2");
        assertThat(second.path("policies").findValuesAsText("name")).startsWith("page-3");
    }
}
