package io.rollcall.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.view.CatalogView;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.InstanceChanged;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** An explanation says of every instance and every query what discovery does. */
final class ExplanationsRandomTest {

    private static final Asker ANYBODY = new Asker(true, "every caller may read");

    private static final int QUERIES = 200;
    private static final int INSTANCES = 50;
    private static final ServiceKey ORDERS = ServiceKey.of("default", "orders");
    private static final InstanceKey NOBODY = InstanceKey.of("default", "orders", "nobody");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final List<String> WORDS = List.of("", "a", "b", "c d");
    private static final List<String> VERSIONS = List.of("", "1.0", "1.10.0", "2.1", "x");
    private static final List<String> STATUSES = List.of("any", "passing", "critical,starting", "draining", "warning");
    private static final List<String> FILTERS = List.of(
            "version >= \"1.2\"",
            "tags.env == \"a\" and zone != \"b\"",
            "not (suspect == true or port < 5)",
            "\"env\" in tags",
            "status == \"critical\" or weight in (0, 100)",
            "tags is empty and (zone is empty or version matches '^2')",
            "healthySince is empty");

    private final long seed = Long.getLong("rollcall.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final CatalogView view = new CatalogView();
    private final Catalog catalog = new Catalog(view, (key, incarnation) -> 0);
    private final Explanations explanations = new Explanations(
            view,
            (key, incarnation) -> 0,
            (key, incarnation) -> null,
            key -> null,
            "n1",
            new ReadConsistency(new AlwaysCurrent(), "n1", Duration.ofSeconds(1)),
            InstantSource.fixed(NOON));

    @BeforeEach
    void printTheSeed(TestReporter reporter) {
        reporter.publishEntry("rollcall.test.seed", Long.toString(seed));
    }

    @Test
    void explanationsAgreeWithDiscovery() throws Exception {
        List<InstanceKey> keys = register();
        int returned = 0;

        for (int i = 0; i < QUERIES; i++) {
            Map<String, List<String>> parameters = parameters();
            CatalogQuery query = CatalogQuery.discovery(parameters);
            Set<String> discovered = ids(catalog.discover(ORDERS, query));
            returned += discovered.size();

            for (InstanceKey key : keys) {
                JsonNode explanation =
                        read(explanations.instance(key, query, ANYBODY).body());

                assertThat(explanation.path("returned").asBoolean())
                        .as("seed %d: %s by %s: %s", seed, key, parameters, explanation)
                        .isEqualTo(discovered.contains(key.id().value()));
                if (discovered.contains(key.id().value())) {
                    continue;
                }
                assertThat(read(explanations
                                        .instance(key, withoutWhatFails(parameters, explanation), ANYBODY)
                                        .body())
                                .path("returned")
                                .asBoolean())
                        .as("seed %d: %s by the hint for %s: %s", seed, key, parameters, explanation)
                        .isEqualTo(!key.equals(NOBODY));
            }
            assertThat(read(explanations.service(ORDERS, query, ANYBODY).body())
                            .path("returned")
                            .asInt())
                    .as("seed %d: %s", seed, parameters)
                    .isEqualTo(discovered.size());
        }

        // Queries that return nothing, or everything, would prove nothing.
        assertThat(returned).isBetween(QUERIES, QUERIES * INSTANCES * 9 / 10);
    }

    /** The query as the hint of the explanation says. */
    private static CatalogQuery withoutWhatFails(Map<String, List<String>> parameters, JsonNode explanation) {
        Map<String, List<String>> changed = new HashMap<>(parameters);
        for (JsonNode step : explanation.path("steps")) {
            String name = step.path("step").asText();
            if (!step.path("ok").asBoolean() && name.equals("status")) {
                changed.put(name, List.of("any"));
            } else if (!step.path("ok").asBoolean()) {
                changed.remove(name.equals("tags") ? "tag" : name);
            }
        }
        return CatalogQuery.discovery(changed);
    }

    private static JsonNode read(byte[] body) throws IOException {
        return Json.mapper().readTree(body);
    }

    private static Set<String> ids(Answer answer) throws IOException {
        Set<String> ids = new HashSet<>();
        read(answer.body())
                .path("instances")
                .forEach(instance -> ids.add(instance.path("id").asText()));
        return ids;
    }

    private List<InstanceKey> register() {
        List<InstanceKey> keys = new ArrayList<>();
        List<RegistryChange> changes = new ArrayList<>();
        for (int i = 1; i <= INSTANCES; i++) {
            InstanceKey key = InstanceKey.of("default", "orders", "i" + i);
            changes.add(new InstanceChanged(i, null, instance(key, i)));
            keys.add(key);
        }
        view.changed(new ChangeBatch(1, INSTANCES, 5_000, changes));
        keys.add(NOBODY);
        return keys;
    }

    private Instance instance(InstanceKey key, long index) {
        Map<String, String> tags = new TreeMap<>();
        if (random.nextBoolean()) {
            tags.put("env", one(WORDS));
        }
        if (random.nextInt(4) == 0) {
            tags.put("team", one(WORDS));
        }
        Registration registration = Registration.builder(key)
                .address("h", 1 + random.nextInt(9))
                .version(one(VERSIONS))
                .zone(one(WORDS))
                .protocol(one(List.of(Protocol.values())))
                .weight(random.nextInt(3) * 100)
                .tags(tags)
                .build();
        InstanceStatus status = one(List.of(InstanceStatus.values()));
        boolean leaseLapsed = status == InstanceStatus.CRITICAL && random.nextBoolean();
        CheckState check = status == InstanceStatus.CRITICAL && !leaseLapsed ? CheckState.CRITICAL : null;
        Instant healthySince = status.takesTraffic() ? NOON : null;
        boolean suspect = random.nextInt(5) == 0;
        return new Instance(
                registration, index, status, "", NOON, healthySince, suspect, NOON, index, index, leaseLapsed, check);
    }

    private Map<String, List<String>> parameters() {
        Map<String, List<String>> parameters = new HashMap<>();
        maybe(2, () -> parameters.put("status", List.of(one(STATUSES))));
        maybe(4, () -> parameters.put("zone", List.of(one(WORDS.subList(1, WORDS.size())))));
        maybe(5, () -> parameters.put("version", List.of(one(VERSIONS.subList(1, VERSIONS.size())))));
        maybe(5, () -> parameters.put("protocol", List.of(one(List.of("http", "grpc", "tcp")))));
        maybe(4, () -> parameters.put("tag", List.of("env:" + one(WORDS), "env:" + one(WORDS))));
        maybe(2, () -> parameters.put("filter", List.of(one(FILTERS))));
        return parameters;
    }

    private void maybe(int oneIn, Runnable step) {
        if (random.nextInt(oneIn) == 0) {
            step.run();
        }
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
