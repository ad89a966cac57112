package io.rollcall.cli;

import static io.rollcall.client.fake.FakeNode.answer;
import static io.rollcall.client.fake.FakeNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import io.rollcall.client.fake.FakeNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ExplainCommandTest {

    private static final String INSTANCE =
            "{\"namespace\":\"default\",\"name\":\"orders\",\"index\":42,\"node\":\"n2\",\"dataAgeMillis\":12,"
                    + "\"instance\":\"o-7\",\"returned\":false,\"steps\":["
                    + "{\"step\":\"exists\",\"ok\":true,\"detail\":\"registered at noon\",\"incarnation\":3},"
                    + "{\"step\":\"health\",\"ok\":false,\"detail\":\"http check /health is critical\",\"failures\":4}],"
                    + "\"hint\":\"it would be returned with status=any\"}";
    private static final String SERVICE =
            "{\"namespace\":\"default\",\"name\":\"orders\",\"index\":42,\"node\":\"n2\",\"dataAgeMillis\":12,"
                    + "\"registered\":12,\"steps\":[{\"step\":\"acl\",\"passed\":12},{\"step\":\"lease\",\"passed\":9},"
                    + "{\"step\":\"zone\",\"passed\":1}],\"returned\":1,\"hint\":null}";

    private final FakeNode node = new FakeNode();
    private final TestShell shell = TestShell.asking(node.url());

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void instanceIsToldStepByStepWithWhatWouldReturnIt() {
        node.then(answer(200, INSTANCE, "Registry-Index", "42", "Registry-Node", "n2"));

        assertThat(shell.run("explain", "orders", "o-7", "--zone", "eu-1", "--consistency=linearizable"))
                .isZero();

        assertThat(shell.out().lines())
                .containsExactly(
                        "STEP    PASSES  WHY",
                        "exists  yes     registered at noon",
                        "health  NO      http check /health is critical",
                        "",
                        "orders/o-7 is NOT returned (index 42 on n2)",
                        "it would be returned with status=any");
        assertThat(node.requests().get(0).target())
                .isEqualTo("/api/v1/services/orders/explain?instance=o-7&zone=eu-1&consistency=linearizable");
    }

    @Test
    void serviceIsCountedStepByStep() {
        node.then(answer(200, SERVICE, "Registry-Index", "42"));

        assertThat(shell.run("explain", "orders", "--namespace", "blue")).isZero();

        assertThat(shell.out().lines())
                .containsExactly(
                        "STEP        LEFT  WENT",
                        "registered  12",
                        "acl         12",
                        "lease       9     3",
                        "zone        1     8",
                        "",
                        "1 of 12 instances of orders is returned (index 42)");
        assertThat(node.requests().get(0).target()).isEqualTo("/api/v1/services/orders/explain?namespace=blue");
    }

    @Test
    void jsonIsTheAnswer() throws Exception {
        node.then(answer(200, INSTANCE));

        assertThat(shell.run("explain", "orders", "o-7", "-o", "json")).isZero();

        JsonNode printed = Json.mapper().readTree(shell.out());
        assertThat(printed).isEqualTo(Json.mapper().readTree(INSTANCE));
    }

    @Test
    void refusalAndForeignAnswerFail() {
        node.then(problem(400, "invalid-request")).then(answer(200, "{\"hello\":1}"));

        assertThat(shell.run("explain", "orders", "o-7", "--filter", "port = 1"))
                .isEqualTo(1);
        assertThat(shell.run("explain", "orders", "o-7")).isEqualTo(1);

        assertThat(shell.err()).contains("invalid-request").contains("returned is missing from the answer");
    }

    @Test
    void pageOptionsAreNotOffered() {
        assertThat(shell.run("explain", "orders", "--limit", "3")).isEqualTo(2);
    }
}
