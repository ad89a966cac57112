package io.rollcall.cli;

import static io.rollcall.client.fake.FakeNode.answer;
import static io.rollcall.client.fake.FakeNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.fake.FakeNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands about tokens and policies. */
final class AccessCommandsTest {

    private static final String TOKEN = "{\"id\":\"7f3a\",\"identity\":\"orders\",\"description\":\"ci\",\"policies\":"
            + "[\"orders\",\"more\"],\"createdAt\":\"2026-11-22T12:00:00.000Z\",\"createIndex\":42,\"modifyIndex\":42";
    private static final String POLICY = "{\"name\":\"orders\",\"description\":\"\",\"rules\":["
            + "{\"resource\":\"service\",\"level\":\"write\",\"namespace\":\"team\",\"prefix\":\"web-\"}],"
            + "\"builtIn\":false,\"createIndex\":1,\"modifyIndex\":2}";

    private final FakeNode node = new FakeNode();
    private final TestShell shell = TestShell.asking(node.url());

    @AfterEach
    void close() {
        node.close();
    }

    private List<String> asked() {
        return node.requests().stream()
                .map(request -> request.method() + " " + request.target() + " " + request.body())
                .toList();
    }

    @Test
    void createPrintsTheTokenAloneOnStandardOutput() {
        node.then(answer(
                201, TOKEN + ",\"token\":\"7f3a.s3cr3t\",\"unknownPolicies\":[\"more\"]}", "Registry-Index", "42"));

        assertThat(shell.run(
                        "token",
                        "create",
                        "--identity",
                        "orders",
                        "--policy",
                        "orders",
                        "--policy",
                        "more",
                        "--ttl",
                        "1h"))
                .isZero();

        assertThat(shell.out()).isEqualTo("7f3a.s3cr3t" + System.lineSeparator());
        assertThat(shell.err()).contains("no policy more").contains("acts as orders");
        assertThat(asked())
                .containsExactly("POST /api/v1/acl/tokens {\"identity\":\"orders\",\"description\":\"\","
                        + "\"policies\":[\"orders\",\"more\"],\"ttl\":\"1h\"}");
    }

    @Test
    void createNeedsAnIdentity() {
        assertThat(shell.run("token", "create")).isEqualTo(2);

        assertThat(shell.err()).contains("--identity");
    }

    @Test
    void listAndShowPrintWhatIsKnownOfTokens() {
        node.then(answer(200, "{\"tokens\":[" + TOKEN + "}]}")).then(answer(200, TOKEN + "}"));

        assertThat(shell.run("token", "list")).isZero();
        assertThat(shell.run("token", "show", "7f3a")).isZero();

        assertThat(shell.out())
                .contains("7f3a")
                .contains("orders, more")
                .contains("never")
                .contains("identity");
        assertThat(asked()).containsExactly("GET /api/v1/acl/tokens?limit=10000 ", "GET /api/v1/acl/tokens/7f3a ");
    }

    @Test
    void rotateSaysWhenThePresentOneEnds() {
        node.then(answer(
                201,
                TOKEN + ",\"token\":\"8b.new\",\"previous\":" + TOKEN + ",\"expiresAt\":\"2026-11-22T13:00:00.000Z\"}}",
                "Registry-Index",
                "43"));

        assertThat(shell.run("token", "rotate", "7f3a", "--overlap", "1h")).isZero();

        assertThat(shell.out()).startsWith("8b.new");
        assertThat(shell.err()).contains("2026-11-22T13:00");
        assertThat(asked()).containsExactly("POST /api/v1/acl/tokens/7f3a/rotate {\"ttl\":\"0s\",\"overlap\":\"1h\"}");
    }

    @Test
    void deleteTakesBack() {
        node.then(answer(204, "", "Registry-Index", "44")).then(problem(404, "token-not-found"));

        assertThat(shell.run("token", "delete", "7f3a", "--if-match", "42")).isZero();
        assertThat(shell.run("token", "delete", "7f3a")).isEqualTo(1);

        assertThat(shell.out()).contains("deleted token 7f3a, index 44");
        assertThat(shell.err()).contains("token-not-found");
        assertThat(node.requests().get(0).headers().toString()).contains("\"42\"");
    }

    @Test
    void nameThatIsNoneGoesIntoNoPath() {
        assertThat(shell.run("token", "delete", "../policies/a")).isEqualTo(2);

        assertThat(asked()).isEmpty();
    }

    @Test
    void policyIsMadeOfOptions() {
        node.then(answer(201, POLICY, "Registry-Index", "2"));

        assertThat(shell.run(
                        "policy",
                        "put",
                        "orders",
                        "--within",
                        "team",
                        "--service-write",
                        "web-*",
                        "--config-read",
                        "web/db.url",
                        "--secret-deny",
                        "*",
                        "--operator",
                        "read"))
                .isZero();

        assertThat(asked())
                .containsExactly("PUT /api/v1/acl/policies/orders {\"description\":\"\",\"rules\":["
                        + "{\"resource\":\"service\",\"level\":\"write\",\"namespace\":\"team\",\"prefix\":\"web-\"},"
                        + "{\"resource\":\"config\",\"level\":\"read\",\"namespace\":\"team\",\"name\":\"web/db.url\"},"
                        + "{\"resource\":\"secret\",\"level\":\"deny\",\"namespace\":\"team\",\"prefix\":\"\"},"
                        + "{\"resource\":\"operator\",\"level\":\"read\"}]}");
        assertThat(shell.out()).contains("put policy orders").contains("web-*");
    }

    @Test
    void policyIsTakenFromStandardInputButNotBesideRules() {
        node.then(answer(200, POLICY, "Registry-Index", "2"));
        shell.input(POLICY);

        assertThat(shell.run("policy", "put", "orders", "--from", "-")).isZero();
        assertThat(shell.run("policy", "put", "orders", "--from", "-", "--acl", "write"))
                .isEqualTo(2);

        assertThat(asked()).containsExactly("PUT /api/v1/acl/policies/orders " + POLICY);
    }

    @Test
    void policiesAreReadListedAndDeleted() {
        node.then(answer(200, POLICY))
                .then(answer(200, "{\"policies\":[" + POLICY + "]}"))
                .then(answer(204, "", "Registry-Index", "9"));

        assertThat(shell.run("policy", "get", "orders")).isZero();
        assertThat(shell.run("policy", "list")).isZero();
        assertThat(shell.run("policy", "delete", "orders")).isZero();

        assertThat(shell.out()).contains("web-*").contains("deleted policy orders, index 9");
    }
}
