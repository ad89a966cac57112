package io.rollcall.cli;

import static io.rollcall.client.fake.FakeNode.answer;
import static io.rollcall.client.fake.FakeNode.hangUp;
import static io.rollcall.client.fake.FakeNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RollcallCommandTest {

    private final FakeNode node = new FakeNode();
    private final TestShell shell = TestShell.asking(node.url());

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void discoverPrintsAlignedRows() {
        node.then(answer(
                200,
                Samples.discovery("o-1", "o-long-2"),
                "Registry-Index",
                "7",
                "Registry-Node",
                "n1",
                "Registry-Consistency",
                "stale",
                "Registry-Data-Age",
                "12"));

        int status = shell.run("discover", "orders");

        assertThat(shell.err()).isEmpty();
        assertThat(status).isZero();
        assertThat(shell.out().lines())
                .containsExactly(
                        "ID        ADDRESS                STATUS   VERSION  ZONE  WEIGHT  TAGS",
                        "o-1       http://127.0.0.1:9000  passing  1.2.0    a     100     env=prod",
                        "o-long-2  http://127.0.0.1:9000  passing  1.2.0    a     100     env=prod",
                        "",
                        "2 instances of orders may take traffic (index 7, stale read on n1, 12 ms old)");
    }

    @Test
    void historyPrintsWhatChanged() {
        String before = Samples.json("o-1");
        String moved = before.replace("\"port\":9000", "\"port\":9001");
        String critical = moved.replace("\"status\":\"passing\"", "\"status\":\"critical\"");
        assertThat(moved).isNotEqualTo(before).isNotEqualTo(critical);
        node.then(answer(
                200,
                "{\"name\":\"orders\",\"index\":9,\"knownSince\":\"2026-11-01T00:00:00Z\",\"cursor\":\"Nw\",\"events\":["
                        + event(9, "check-turned", "\"leader:n1\"", moved, critical)
                        + ","
                        + event(8, "replaced", "null", before, moved)
                        + "]}",
                "Registry-Index",
                "9"));

        int status = shell.run("history", "orders", "o-1", "--since", "2026-11-22T12:00:00Z", "--limit", "2");

        assertThat(shell.err()).isEmpty();
        assertThat(status).isZero();
        assertThat(node.requests().get(0).target())
                .contains("/api/v1/services/orders/history?")
                .contains("since=2026-11-22T12%3A00%3A00Z")
                .contains("instance=o-1")
                .contains("limit=2");
        assertThat(shell.out())
                .contains("check-turned  passing -> critical")
                .contains("leader:n1")
                .contains("http://127.0.0.1:9000 -> http://127.0.0.1:9001")
                .endsWith(
                        "2 changes of orders, known since 2026-11-01T00:00:00Z (index 9); more follow: --cursor Nw\n");
    }

    private static String event(long index, String operation, String actor, String before, String after) {
        return "{\"instance\":\"o-1\",\"index\":" + index + ",\"time\":\"2026-11-22T12:00:00Z\",\"operation\":\""
                + operation + "\",\"actor\":" + actor + ",\"traceId\":null,\"before\":" + before + ",\"after\":" + after
                + "}";
    }

    @Test
    void aPastTimeIsWrittenAsItselfOrAsHowLongAgo() {
        node.then(answer(200, Samples.discovery())).then(answer(200, Samples.discovery()));

        assertThat(shell.run("discover", "orders", "--at", "2026-11-22T13:00:00+01:00"))
                .isZero();
        assertThat(shell.run("discover", "orders", "--at", "2h")).isZero();
        assertThat(shell.run("discover", "orders", "--at", "noon")).isEqualTo(ExitStatus.USAGE);

        assertThat(node.requests().get(0).target()).contains("at=2026-11-22T12%3A00%3A00Z");
        assertThat(node.requests().get(1).target()).contains("at=20");
        assertThat(shell.err()).contains("--at must be a time such as 2026-11-22T12:00:00Z");
        assertThat(shell.out()).contains("no instance of orders could take traffic then");
    }

    @Test
    void discoverSaysSoWhenThereIsNone() {
        node.then(answer(200, Samples.discovery(), "Registry-Index", "1"));

        assertThat(shell.run("discover", "orders", "--status", "any")).isZero();
        assertThat(shell.out().strip()).isEqualTo("no instance of orders selected (index 1)");
    }

    @Test
    void discoverPassesOnSelectionAndReading() {
        node.then(answer(200, Samples.discovery()));

        shell.run(
                "discover",
                "orders",
                "--tag",
                "env=prod",
                "--status=passing,starting",
                "--consistency",
                "linearizable",
                "--namespace=blue",
                "--limit",
                "5");

        assertThat(node.requests().get(0).target())
                .isEqualTo("/api/v1/services/orders?namespace=blue&status=passing%2Cstarting&tag=env%3Aprod"
                        + "&consistency=linearizable&limit=5");
    }

    @Test
    void jsonIsTheAnswerWithFieldsThatThisVersionDoesNotKnow() throws Exception {
        String body = Samples.discovery("o-1").replace("\"index\":7", "\"index\":7,\"newer\":true");
        node.then(answer(200, body));

        assertThat(shell.run("discover", "orders", "-o", "json")).isZero();

        JsonNode printed = Json.mapper().readTree(shell.out());
        assertThat(printed).isEqualTo(Json.mapper().readTree(body));
    }

    @Test
    void servicesPrintsCountsAndWhereToGoOn() {
        node.then(answer(
                200,
                "{\"index\":9,\"services\":[{\"namespace\":\"default\",\"name\":\"orders\",\"index\":7,\"instances\":3,"
                        + "\"byStatus\":{\"passing\":2,\"maintenance\":1}}],\"cursor\":\"abc\"}",
                "Registry-Index",
                "9"));

        assertThat(shell.run("services")).isZero();
        assertThat(shell.out().lines())
                .containsExactly(
                        "SERVICE  INSTANCES  STATUS",
                        "orders   3          2 passing, 1 maintenance",
                        "",
                        "1 service (index 9); more follow: --cursor abc");
    }

    @Test
    void clusterStatusPrintsMembersAndLeader() {
        node.then(answer(
                200,
                "{\"clusterId\":\"c-1\",\"leader\":\"n2\",\"term\":3,\"featureLevel\":1,\"members\":["
                        + "{\"id\":\"n1\",\"role\":\"follower\",\"raft\":\"h:8300\",\"http\":\"h:8500\",\"applied\":4,\"committed\":4,\"lag\":0,\"reachable\":true},"
                        + "{\"id\":\"n2\",\"role\":\"leader\",\"raft\":\"h:8301\",\"http\":null,\"applied\":null,\"committed\":null,\"lag\":null,\"reachable\":false}]}",
                "Registry-Node",
                "n1"));

        assertThat(shell.run("cluster", "status")).isZero();
        assertThat(shell.out().lines())
                .containsExactly(
                        "cluster c-1, leader n2, term 3, as n1 sees it",
                        "",
                        "ID  ROLE      REACHABLE  APPLIED  LAG  HTTP    RAFT",
                        "n1  follower  yes        4        0    h:8500  h:8300",
                        "n2  leader    NO         ?        ?    ?       h:8301");
    }

    @Test
    void registerSendsOnlyWhatIsGivenAndPrintsTheInstance() throws Exception {
        node.then(answer(201, Samples.json("o-1"), "Registry-Index", "7"));

        int status = shell.run(
                "register",
                "orders",
                "o-1",
                "--host=127.0.0.1",
                "--port=9000",
                "--tag=env=prod",
                "--check-endpoint=/health",
                "--if-match=*",
                "--takeover",
                "--request-id=r-1");

        assertThat(shell.err()).isEmpty();
        assertThat(status).isZero();
        assertThat(shell.out().strip())
                .isEqualTo("registered orders/o-1 at http://127.0.0.1:9000: passing, incarnation 7, index 7");
        FakeNode.Request request = node.requests().get(0);
        assertThat(request.target()).endsWith("/orders/instances/o-1?takeover=true");
        assertThat(request.headers()).containsEntry("if-match", "*").containsEntry("idempotency-key", "r-1");
        JsonNode body = Json.mapper().readTree(request.body());
        assertThat(body.path("healthCheck").path("endpoint").asText()).isEqualTo("/health");
        assertThat(body.path("healthCheck").path("type").asText()).isEqualTo("http");
    }

    @Test
    void registerTakesJsonAndOptionsWin(@TempDir Path folder) throws Exception {
        node.then(answer(200, Samples.json("o-1"), "Registry-Index", "7"));
        Path file = Files.writeString(folder.resolve("instance.json"), Samples.json("o-1"));
        shell.input(Files.readString(file));

        assertThat(shell.run("register", "--json", file.toString(), "--weight", "5"))
                .isZero();
        assertThat(shell.run("register", "--json", "-", "--new")).isZero();

        assertThat(Json.mapper()
                        .readTree(node.requests().get(0).body())
                        .path("weight")
                        .asInt())
                .isEqualTo(5);
        assertThat(Json.mapper()
                        .readTree(node.requests().get(1).body())
                        .path("weight")
                        .asInt())
                .isEqualTo(100);
        assertThat(node.requests()).extracting(FakeNode.Request::method).containsExactly("PUT", "POST");
    }

    @Test
    void registerNamesEveryBadField() {
        int status = shell.run("register", "orders", "o-1", "--host=a b", "--port=70000", "--ttl=10");

        assertThat(status).isEqualTo(2);
        assertThat(shell.err()).contains("host must be", "port must be 1 to 65535", "ttl must be");
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void dryRunSaysWhatWouldBe() {
        node.then(answer(
                200,
                "{\"dryRun\":true,\"wouldChange\":true,\"status\":201,\"instance\":" + Samples.json("o-1")
                        + ",\"before\":null}"));

        assertThat(shell.run("register", "orders", "o-1", "--host=127.0.0.1", "--port=9000", "--dry-run"))
                .isZero();
        assertThat(shell.out().strip()).isEqualTo("dry run: would register orders/o-1 at http://127.0.0.1:9000");
        assertThat(node.requests().get(0).target()).endsWith("?dryRun=true");
    }

    @Test
    void deregisterTakesOneOrASelection() {
        node.then(answer(204, "", "Registry-Index", "8")).then(answer(200, "{\"removed\":2}", "Registry-Index", "9"));

        assertThat(shell.run("deregister", "orders", "o-1", "--incarnation=7")).isZero();
        assertThat(shell.run("deregister", "orders", "--zone=a", "--confirm")).isZero();

        assertThat(shell.out().lines())
                .containsExactly("deregistered orders/o-1, index 8", "deregistered 2 of orders, index 9");
        assertThat(node.requests())
                .extracting(FakeNode.Request::target)
                .containsExactly(
                        "/api/v1/services/orders/instances/o-1?incarnation=7",
                        "/api/v1/services/orders/instances?zone=a&confirm=true");
    }

    @Test
    void deregisterOfAWholeServiceNeedsAWord() {
        assertThat(shell.run("deregister", "orders")).isEqualTo(2);
        assertThat(shell.err()).contains("--confirm to deregister all of orders");
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void aRefusalIsToldOnStandardError() {
        node.then(problem(409, "instance-address-conflict"));

        assertThat(shell.run("register", "orders", "o-1", "--host=127.0.0.1", "--port=9000"))
                .isEqualTo(1);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err().strip())
                .isEqualTo("rollcall: refused, nothing was done: instance-address-conflict:"
                        + " because of instance-address-conflict");
    }

    @Test
    void aRefusalAsJsonHoldsWhatTheCallerNeeds() throws Exception {
        node.then(answer(
                409,
                "{\"code\":\"instance-already-exists\",\"status\":409,\"detail\":\"taken\","
                        + "\"holder\":{\"id\":\"o-1\",\"port\":9001}}"));

        assertThat(shell.run("register", "orders", "o-1", "--host=127.0.0.1", "--port=9000", "--new", "-o", "json"))
                .isEqualTo(1);

        JsonNode error = Json.mapper().readTree(shell.err());
        assertThat(error.path("outcome").asText()).isEqualTo("refused");
        assertThat(error.path("holder").path("port").asInt()).isEqualTo(9001);
    }

    @Test
    void anUnknownOutcomeIsToldApartWithTheWayOut() {
        node.then(hangUp());

        assertThat(shell.run("deregister", "orders", "o-1", "--timeout=3s")).isEqualTo(1);
        assertThat(shell.err())
                .contains(
                        "OUTCOME UNKNOWN",
                        node.url(),
                        "--request-id " + node.requests().get(0).headers().get("idempotency-key"));
    }

    @Test
    void anUnansweredCallNamesTheServers() {
        shell.set("ROLLCALL_SERVERS", "http://127.0.0.1:1, http://127.0.0.1:2");

        assertThat(shell.run("services", "--timeout=3s")).isEqualTo(1);
        assertThat(shell.err())
                .contains(
                        "nobody answered, nothing was done",
                        "http://127.0.0.1:1: ",
                        "http://127.0.0.1:2: ",
                        "--server");
    }

    @Test
    void aCommandGoesOnWithTheNextServer() {
        node.then(answer(200, Samples.discovery()));

        assertThat(shell.run("discover", "orders", "--server=http://127.0.0.1:1", "--server", node.url()))
                .isZero();
    }

    @Test
    void theTokenComesFromTheEnvironmentAndTheOptionWins() {
        node.then(answer(200, Samples.discovery()));
        shell.set("ROLLCALL_TOKEN", "a.secret");

        shell.run("discover", "orders");
        shell.run("discover", "orders", "--token=b.secret");

        assertThat(node.requests())
                .extracting(request -> request.headers().get("authorization"))
                .containsExactly("Bearer a.secret", "Bearer b.secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "discovr orders",
                "discover",
                "discover orders --output xml",
                "discover orders --limit many",
                "discover orders --timeout 10",
                "discover orders --status good",
                "discover orders --consistency best",
                "discover -x",
                "discover orders --server ftp://x",
                "discover bad/name",
                "register orders o-1",
                "register --json /does/not/exist",
                "register orders o-1 --host h --port 1 --new --takeover",
                "register orders o-1 --host h --port 1 --if-match abc",
                "cluster",
                "cluster expiry --let-go",
                "heartbeat orders",
                "heartbeat orders o-1 --every 10",
                "heartbeat orders o-1 --every 0s",
                "heartbeat orders o-1 --incarnation -1",
                "drain orders",
                "drain orders o-1 --wait 11m",
                "log-level io.rollcall",
                "drain orders o-1 --request-id a\u00e4b",
                "completion",
                "completion fish",
                "demo --nodes 12",
                "demo --port 80",
                "demo --trouble 1s",
                "demo --trouble often"
            })
    void aWrongCommandLineIsStatus2AndSaysWhereToLook(String line) {
        assertThat(shell.run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(shell.err()).startsWith("rollcall: ").contains("--help");
        assertThat(shell.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "register ",
                "deregister ",
                "heartbeat ",
                "drain ",
                "discover ",
                "watch ",
                "explain ",
                "subscribers ",
                "history ",
                "services ",
                "config ",
                "config get ",
                "config put ",
                "config delete ",
                "config list ",
                "config history ",
                "config rollback ",
                "config watch ",
                "config export ",
                "config import ",
                "cluster ",
                "cluster status ",
                "cluster expiry ",
                "log-level ",
                "completion ",
                "demo "
            })
    void everyCommandExplainsItself(String command) {
        assertThat(shell.run((command + "--help").split(" "))).isZero();
        List<String> lines = shell.out().lines().toList();
        assertThat(shell.out()).contains("rollcall ", "Exit status:").containsAnyOf("Example", "Try");
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(130));
    }
}
