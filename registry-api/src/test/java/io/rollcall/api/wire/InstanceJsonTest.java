package io.rollcall.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.RegistrationRules;
import io.rollcall.api.model.StatusRange;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InstanceJsonTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void instanceIsWrittenAsTheInterfaceShowsIt() throws IOException {
        assertThat(write(full(), null)).isEqualTo("""
                        {"namespace":"team-a","name":"orders","id":"orders-7","version":"2.1.0","host":"2001:db8::7",\
                        "port":8443,"protocol":"https","tags":{"env":"prod","team":"ürsel \\"x\\""},\
                        "metadata":{"owner":"a\\nb"},"zone":"eu-1","weight":0,"ttl":"90s","deregisterAfter":"0s",\
                        "healthCheck":{"type":"https","endpoint":"/health","interval":"1500ms","timeout":"2s",\
                        "retries":3,"successes":2,"method":"HEAD","headers":{"X-Probe":"1"},\
                        "expectStatus":"200-399"},"incarnation":4,"status":"warning","statusReason":"503 in 12 ms",\
                        "statusSince":"2026-11-22T12:00:00.001Z","healthySince":"2026-11-22T12:00:00.000Z",\
                        "suspect":true,"registrationTime":"2026-11-22T12:00:00.000Z","createIndex":17,\
                        "modifyIndex":9007199254740993}""");
    }

    @Test
    void whatAnInstanceDoesNotHaveIsLeftOut() throws IOException {
        JsonNode json = Json.mapper().readTree(write(smallest(), null));

        assertThat(json.get("healthCheck").isNull()).isTrue();
        assertThat(json.has("healthySince")).isFalse();
        assertThat(json.has("lastHeartbeat")).isFalse();
        assertThat(json.get("tags").isObject()).isTrue();
        assertThat(json.get("tags")).isEmpty();
    }

    @Test
    void lastHeartbeatIsWrittenWhereItIsGiven() throws IOException {
        JsonNode json = Json.mapper().readTree(write(smallest(), NOON.plusNanos(1_999_999)));

        assertThat(json.get("lastHeartbeat").textValue()).isEqualTo("2026-11-22T12:00:00.001Z");
    }

    @Test
    void readerIsTheInverseOfTheWriter() throws IOException {
        for (Instance instance : new Instance[] {full(), smallest(), full().ownedBy("orders-team")}) {
            assertThat(InstanceReader.read(Json.mapper().readTree(write(instance, NOON))))
                    .isEqualTo(instance);
        }
    }

    @Test
    void readerIsTheInverseOfTheWriterForRandomInstances(TestReporter reporter) throws IOException {
        long seed = Long.getLong("rollcall.test.seed", System.nanoTime());
        reporter.publishEntry("rollcall.test.seed", Long.toString(seed));
        Random random = new Random(seed);

        for (int i = 0; i < 500; i++) {
            Instance instance = random(random);
            JsonNode json = Json.mapper().readTree(write(instance, null));

            assertThat(InstanceReader.read(json)).as("seed %d", seed).isEqualTo(instance);
            assertThat(RegistrationReader.read(
                            json,
                            instance.key().service().namespace(),
                            instance.key().service().name(),
                            instance.key().id()))
                    .as("get, edit, put with seed %d", seed)
                    .isEqualTo(instance.registration());
        }
    }

    @Test
    void fieldsOfANewerServerArePassedOver() throws IOException {
        ObjectNode json = (ObjectNode) Json.mapper().readTree(write(full(), null));
        json.putObject("canary").put("share", 5);
        ((ObjectNode) json.get("healthCheck")).put("jitter", "1s");

        assertThat(InstanceReader.read(json)).isEqualTo(full());
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "protocol", "ttl", "statusSince", "registrationTime", "healthySince", "id"})
    void valueThatThisVersionDoesNotKnowIsNamed(String field) throws IOException {
        ObjectNode json = (ObjectNode) Json.mapper().readTree(write(full(), null));
        json.put(field, "of/tomorrow");

        assertThatThrownBy(() -> InstanceReader.read(json))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith(field + " must be ");
    }

    @Test
    void missingTimeIsNamed() throws IOException {
        ObjectNode json = (ObjectNode) Json.mapper().readTree(write(full(), null));
        json.remove("statusSince");

        assertThatThrownBy(() -> InstanceReader.read(json))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("statusSince must be a time");
    }

    @Test
    void namespaceOfAnAnswerWithoutOneIsTheDefault() throws IOException {
        ObjectNode json = (ObjectNode) Json.mapper().readTree(write(smallest(), null));
        json.remove("namespace");

        assertThat(InstanceReader.read(json).key().service().namespace()).isEqualTo(Namespace.DEFAULT);
    }

    private static String write(Instance instance, @Nullable Instant lastHeartbeat) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.mapper().createGenerator(text)) {
            InstanceJson.write(json, instance, lastHeartbeat);
        }
        return text.toString();
    }

    @Test
    void whatIsTheRegistrysOwnIsNotOnTheWire() throws IOException {
        Instance shown = smallest();
        Instance known = new Instance(
                shown.registration(),
                shown.incarnation(),
                shown.status(),
                shown.statusReason(),
                shown.statusSince(),
                shown.healthySince(),
                shown.suspect(),
                shown.registrationTime(),
                shown.createIndex(),
                shown.modifyIndex(),
                true,
                CheckState.CRITICAL);

        assertThat(write(known, null)).isEqualTo(write(shown, null));
    }

    private static Instance smallest() {
        Registration registration = Registration.builder(InstanceKey.of("default", "orders", "1"))
                .address("h", 1)
                .build();
        return new Instance(registration, 1, InstanceStatus.CRITICAL, "", NOON, null, false, NOON, 1, 1);
    }

    private static Instance full() {
        HealthCheck check = new HealthCheck(
                CheckType.HTTPS,
                "/health",
                Duration.ofMillis(1_500),
                Duration.ofSeconds(2),
                3,
                2,
                "HEAD",
                new TreeMap<>(Map.of("X-Probe", "1")),
                new StatusRange(200, 399));
        Registration registration = Registration.builder(InstanceKey.of("team-a", "orders", "orders-7"))
                .version("2.1.0")
                .address("2001:db8::7", 8443)
                .protocol(Protocol.HTTPS)
                .tags(Map.of("env", "prod", "team", "ürsel \"x\""))
                .metadata(Map.of("owner", "a\nb"))
                .zone("eu-1")
                .weight(0)
                .ttl(Duration.ofSeconds(90))
                .deregisterAfter(Duration.ZERO)
                .healthCheck(check)
                .build();
        return new Instance(
                registration,
                4,
                InstanceStatus.WARNING,
                "503 in 12 ms",
                NOON.plusMillis(1),
                NOON,
                true,
                NOON,
                17,
                9_007_199_254_740_993L);
    }

    private static Instance random(Random random) {
        Registration registration = Registration.builder(
                        InstanceKey.of("ns" + random.nextInt(3), "s" + random.nextInt(9), "i" + random.nextInt(9)))
                .version(text(random, RegistrationRules.MAX_VERSION_LENGTH))
                .address("h" + random.nextInt(100) + ".example", 1 + random.nextInt(65_535))
                .protocol(one(random, Protocol.values()))
                .tags(map(random))
                .metadata(map(random))
                .zone(text(random, RegistrationRules.MAX_ZONE_LENGTH))
                .weight(random.nextInt(65_536))
                .ttl(Duration.ofMillis(random.nextBoolean() ? 0 : 1_000 + random.nextInt(1_000_000)))
                .deregisterAfter(Duration.ofSeconds(random.nextInt(100_000)))
                .healthCheck(random.nextBoolean() ? null : check(random))
                .build();
        return new Instance(
                registration,
                random.nextLong() >>> 1,
                one(random, InstanceStatus.values()),
                text(random, 100),
                time(random),
                random.nextBoolean() ? null : time(random),
                random.nextBoolean(),
                time(random),
                random.nextLong() >>> 1,
                random.nextLong() >>> 1);
    }

    private static HealthCheck check(Random random) {
        CheckType type = one(random, CheckType.values());
        return new HealthCheck(
                type,
                type.isHttp() ? "/" + random.nextInt() : text(random, 20),
                Duration.ofMillis(1_000 + random.nextInt(10_000)),
                Duration.ofMillis(10 + random.nextInt(10_000)),
                1 + random.nextInt(100),
                1 + random.nextInt(100),
                random.nextBoolean() ? "GET" : "POST",
                new TreeMap<>(Map.of("X-" + random.nextInt(), text(random, 20))),
                random.nextBoolean() ? null : new StatusRange(200, 200 + random.nextInt(400)));
    }

    private static Map<String, String> map(Random random) {
        Map<String, String> map = new TreeMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            map.put("k" + text(random, 10), text(random, 50));
        }
        return map;
    }

    private static String text(Random random, int maxLength) {
        int[] alphabet = "aZ0 \"\\/<ä中\u2028\ud83d\ude00".codePoints().toArray();
        StringBuilder text = new StringBuilder();
        while (random.nextInt(8) != 0 && text.length() < maxLength - 1) {
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }

    private static <T> T one(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static Instant time(Random random) {
        return Instant.ofEpochMilli(random.nextLong(4_102_444_800_000L));
    }
}
