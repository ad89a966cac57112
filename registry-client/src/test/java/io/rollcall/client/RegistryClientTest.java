package io.rollcall.client;

import static io.rollcall.client.fake.FakeNode.answer;
import static io.rollcall.client.fake.FakeNode.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Registration;
import io.rollcall.client.answer.BatchResult;
import io.rollcall.client.answer.ClusterView;
import io.rollcall.client.answer.Discovery;
import io.rollcall.client.answer.InstanceExplanation;
import io.rollcall.client.answer.RegistryStats;
import io.rollcall.client.answer.ServicePage;
import io.rollcall.client.answer.WritePreview;
import io.rollcall.client.error.InstanceAlreadyExistsException;
import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RegistryClientTest {

    private final FakeNode node = new FakeNode();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void registersWithAPutThatCarriesAllFields() throws Exception {
        node.then(answer(200, Samples.json("o-1"), "Registry-Index", "12"));

        try (RegistryClient client = client()) {
            client.register(
                            Samples.registration("o-1"),
                            WriteOptions.none().withTakeover().withIfMatch("11"))
                    .orThrow();
        }

        FakeNode.Request request = node.requests().get(0);
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.target()).isEqualTo("/api/v1/services/orders/instances/o-1?takeover=true");
        assertThat(request.headers()).containsEntry("if-match", "\"11\"").containsEntry("authorization", "Bearer a.b");
        JsonNode body = Json.mapper().readTree(request.body());
        assertThat(body.path("tags").path("env").asText()).isEqualTo("prod");
        assertThat(body.path("ttl").asText()).isEqualTo("30s");
    }

    @Test
    void registersANewIdWithAPost() {
        node.then(problem(409, "instance-already-exists"));

        try (RegistryClient client = client()) {
            var outcome = client.registerNew(Samples.registration("o-1"), WriteOptions.none());

            assertThatThrownBy(outcome::orThrow)
                    .isInstanceOfSatisfying(
                            InstanceAlreadyExistsException.class,
                            e -> assertThat(e.refusal().is(ErrorCode.INSTANCE_ALREADY_EXISTS))
                                    .isTrue());
        }
        assertThat(node.requests().get(0).method()).isEqualTo("POST");
        assertThat(node.requests().get(0).target()).isEqualTo("/api/v1/services/orders/instances");
    }

    @Test
    void registersABatchAndReadsEachResult() {
        node.then(
                answer(
                        200,
                        "{\"results\":[{\"name\":\"orders\",\"id\":\"o-1\",\"status\":201,\"instance\":"
                                + Samples.json("o-1")
                                + "},{\"name\":\"orders\",\"id\":\"o-2\",\"status\":409,\"problem\":"
                                + "{\"code\":\"instance-address-conflict\",\"detail\":\"held\",\"holder\":{\"host\":\"h\"}}}]}"));

        BatchResult result;
        try (RegistryClient client = client()) {
            result = client.registerAll(
                            List.of(Samples.registration("o-1"), Samples.registration("o-2")),
                            true,
                            WriteOptions.none())
                    .orThrow();
        }

        assertThat(node.requests().get(0).target()).isEqualTo("/api/v1/registrations?atomic=true");
        assertThat(result.items().get(0).instance()).isNotNull();
        assertThat(result.refused()).singleElement().satisfies(item -> {
            assertThat(item.id()).isEqualTo("o-2");
            assertThat(item.refusal().members()).containsKey("holder");
        });
    }

    @Test
    void refusesABatchOfTwoNamespaces() {
        var other = Registration.builder(InstanceKey.of("b", "orders", "o-2"))
                .address("h", 1)
                .build();

        try (RegistryClient client = client()) {
            assertThatThrownBy(() ->
                            client.registerAll(List.of(Samples.registration("o-1"), other), false, WriteOptions.none()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void deregistersWithItsFence() {
        node.then(answer(204, "", "Registry-Index", "13"));

        try (RegistryClient client = client()) {
            assertThat(client.deregister(Samples.KEY, WriteOptions.none().withIncarnation(7))
                            .orThrow())
                    .isTrue();
            assertThat(client.highestWritten()).isEqualTo(13);
        }
        assertThat(node.requests().get(0).method()).isEqualTo("DELETE");
        assertThat(node.requests().get(0).target()).endsWith("/instances/o-1?incarnation=7");
    }

    @Test
    void deregistersASelection() {
        node.then(answer(200, "{\"removed\":3}"));

        try (RegistryClient client = client()) {
            long removed = client.deregisterAll(
                            client.service("orders"), Selection.any().withZone("a"), true, WriteOptions.none())
                    .orThrow();
            assertThat(removed).isEqualTo(3);
        }
        assertThat(node.requests().get(0).target())
                .isEqualTo("/api/v1/services/orders/instances?status=any&zone=a&confirm=true");
    }

    @Test
    void setsAndClearsTheOperatorsWord() {
        node.then(answer(200, Samples.json("o-1")));

        try (RegistryClient client = client()) {
            client.operations()
                    .setStatus(
                            Samples.KEY,
                            new OperatorWord(InstanceStatus.MAINTENANCE, "disk \"b\""),
                            WriteOptions.none())
                    .orThrow();
            client.operations().clearStatus(Samples.KEY, WriteOptions.none()).orThrow();
        }

        assertThat(node.requests().get(0).body())
                .isEqualTo("{\"status\":\"maintenance\",\"reason\":\"disk \\\"b\\\"\"}");
        assertThat(node.requests()).extracting(FakeNode.Request::method).containsExactly("PUT", "DELETE");
        assertThat(node.requests()).allSatisfy(r -> assertThat(r.target()).endsWith("/o-1/status"));
    }

    @Test
    void previewsAWriteWithoutARequestId() {
        node.then(answer(
                200,
                "{\"dryRun\":true,\"wouldChange\":true,\"status\":201,\"instance\":" + Samples.json("o-1")
                        + ",\"before\":null}"));

        WritePreview preview;
        try (RegistryClient client = client()) {
            preview = client.previewRegister(Samples.registration("o-1"), true, WriteOptions.none())
                    .orThrow();
        }

        assertThat(preview.wouldChange()).isTrue();
        assertThat(preview.after()).isNotNull();
        assertThat(preview.before()).isNull();
        assertThat(node.requests().get(0).target()).isEqualTo("/api/v1/services/orders/instances?dryRun=true");
        assertThat(node.requests().get(0).headers()).doesNotContainKey("idempotency-key");
    }

    @Test
    void discoversWithEveryParameter() {
        node.then(answer(
                200,
                Samples.discovery("o-1", "o-2"),
                "Registry-Index",
                "7",
                "Registry-Data-Age",
                "15",
                "Registry-Consistency",
                "linearizable",
                "ETag",
                "\"7\""));
        Selection selection = Selection.healthy()
                .withStatuses(Set.of(InstanceStatus.PASSING, InstanceStatus.STARTING))
                .withTag("env", "prod & more")
                .withTag("team", "a")
                .withVersion("1.2.0")
                .withZone("a")
                .withProtocol(Protocol.GRPC)
                .withFilter("tags.env == \"prod\"");
        ReadOptions options = ReadOptions.linearizable()
                .withMaxStaleness(Duration.ofSeconds(2))
                .withMinIndex(5)
                .withPage(10, "x/y");

        Outcome<Discovery> outcome;
        try (RegistryClient client = client()) {
            outcome = client.discover(client.service("orders"), selection, options);
        }

        assertThat(node.requests().get(0).target())
                .isEqualTo("/api/v1/services/orders?status=passing,starting&tag=env%3Aprod%20%26%20more&tag=team%3Aa"
                                .replace(",", "%2C")
                        + "&version=1.2.0&zone=a&protocol=grpc&filter=tags.env%20%3D%3D%20%22prod%22"
                        + "&consistency=linearizable&maxStaleness=2s&minIndex=5&limit=10&cursor=x%2Fy");
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Done.class, done -> {
            assertThat(done.headers().dataAge()).isEqualTo(Duration.ofMillis(15));
            assertThat(done.headers().consistency()).isEqualTo("linearizable");
            assertThat(done.headers().etag()).isEqualTo("\"7\"");
        });
        assertThat(outcome.orThrow().instances()).hasSize(2);
    }

    @Test
    void readsServicesStatsAndCluster() {
        node.then(answer(
                        200,
                        "{\"index\":9,\"services\":[{\"namespace\":\"default\",\"name\":\"orders\",\"index\":7,"
                                + "\"instances\":2,\"byStatus\":{\"passing\":2,\"newer\":1}}],\"cursor\":\"c\"}"))
                .then(
                        answer(
                                200,
                                "{\"index\":9,\"totalServices\":1,\"totalInstances\":2,\"healthyInstances\":2,\"unhealthyInstances\":0,\"instancesByProtocol\":{\"http\":2},\"instancesByStatus\":{\"passing\":2}}"))
                .then(
                        answer(
                                200,
                                "{\"clusterId\":\"c\",\"leader\":null,\"term\":3,\"featureLevel\":1,\"members\":[{\"id\":\"n1\",\"role\":\"follower\",\"raft\":\"r:1\",\"http\":null,\"applied\":4,\"committed\":4,\"lag\":0,\"reachable\":true},"
                                        + "{\"id\":\"n2\",\"role\":\"leader\",\"raft\":\"r:2\",\"http\":\"h:2\",\"scheme\":\"https\",\"reachable\":true},"
                                        + "{\"id\":\"n3\",\"role\":\"follower\",\"raft\":\"r:3\",\"http\":\"h:3\",\"reachable\":true}]}"));

        ServicePage services;
        RegistryStats stats;
        ClusterView cluster;
        try (RegistryClient client = client()) {
            services = client.services(ReadOptions.stale()).orThrow();
            stats = client.operations().stats(ReadOptions.stale()).orThrow();
            cluster = client.operations().cluster().orThrow();
        }

        assertThat(services.cursor()).isEqualTo("c");
        assertThat(services.services().get(0).byStatus()).containsOnlyKeys(InstanceStatus.PASSING);
        assertThat(stats.instancesByProtocol()).containsEntry(Protocol.HTTP, 2L);
        assertThat(cluster.leader()).isNull();
        assertThat(cluster.members().get(0).http()).isNull();
        // A server of before names no scheme.
        assertThat(cluster.members()).extracting(ClusterView.Member::url).containsExactly(null, "https://h:2", "h:3");
    }

    @Test
    void explainsOneInstanceByTheSelectionOfADiscovery() {
        node.then(answer(
                200,
                "{\"name\":\"orders\",\"index\":9,\"instance\":\"o-1\",\"returned\":false,\"steps\":["
                        + "{\"step\":\"lease\",\"ok\":false,\"detail\":\"lapsed\",\"ttl\":\"30s\",\"lapsed\":true}],"
                        + "\"hint\":null}"));

        InstanceExplanation explanation;
        try (RegistryClient client = client()) {
            explanation = client.operations()
                    .explain(Samples.KEY, Selection.healthy().withTag("env", "prod"), ReadOptions.stale())
                    .orThrow();
        }

        assertThat(node.requests().get(0).target())
                .isEqualTo("/api/v1/services/orders/explain?instance=o-1&tag=env%3Aprod");
        assertThat(explanation.returned()).isFalse();
        assertThat(explanation.steps())
                .containsExactly(new InstanceExplanation.Verdict(
                        "lease", false, "lapsed", Map.of("ttl", "30s", "lapsed", true)));
    }

    @Test
    void readsItsOwnWritesWhenAskedTo() {
        node.then(answer(201, Samples.json("o-1"), "Registry-Index", "12")).then(answer(200, Samples.discovery("o-1")));

        try (RegistryClient client = RegistryClient.builder()
                .server(node.url())
                .namespace(new Namespace("blue"))
                .readYourWrites(true)
                .build()) {
            client.register(Samples.registration("o-1")).orThrow();
            client.discover(client.service("orders")).orThrow();
            client.discover(client.service("orders"), Selection.healthy(), ReadOptions.linearizable())
                    .orThrow();
        }

        assertThat(node.requests().get(1).target()).isEqualTo("/api/v1/services/orders?namespace=blue&minIndex=12");
        assertThat(node.requests().get(2).target()).doesNotContain("minIndex");
    }

    @Test
    void takesServersAsPeopleWriteThemAndNamesTheBadOne() {
        RegistryClientBuilder builder = RegistryClient.builder();

        builder.server("127.0.0.1:8500")
                .server("https://registry.example:8500/")
                .server("http://[::1]:8500");

        for (String bad : List.of("", "ftp://x:1", "http://", "http://a b", "http://h:1/?q=1")) {
            assertThatThrownBy(() -> builder.server(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + bad + "'");
        }
        assertThatThrownBy(() -> builder.server("http://user:secret@h:1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> builder.token("a\nb"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("a\nb");
    }

    private RegistryClient client() {
        return RegistryClient.builder().server(node.url()).token("a.b").build();
    }
}
