package io.rollcall.api.wire;

import static io.rollcall.api.wire.Registrations.SMALLEST;
import static io.rollcall.api.wire.Registrations.fieldsRefusedIn;
import static io.rollcall.api.wire.Registrations.read;
import static io.rollcall.api.wire.Registrations.readAt;
import static io.rollcall.api.wire.Registrations.refusalsOf;
import static io.rollcall.api.wire.Registrations.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.Violation;
import io.rollcall.api.model.Violations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistrationReaderTest {

    @Test
    void smallestBodyHasTheDefaults() {
        Registration registration = read(SMALLEST);

        assertThat(registration)
                .isEqualTo(Registration.builder(InstanceKey.of("default", "orders", "orders-1"))
                        .address("10.0.0.1", 8080)
                        .build());
        assertThat(registration.protocol()).isEqualTo(Protocol.HTTP);
        assertThat(registration.weight()).isEqualTo(100);
        assertThat(registration.ttl()).isEqualTo(Duration.ofSeconds(30));
        assertThat(registration.deregisterAfter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(registration.healthCheck()).isNull();
        assertThat(registration.zone()).isEmpty();
        assertThat(registration.version()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version",
                "protocol",
                "tags",
                "metadata",
                "zone",
                "weight",
                "ttl",
                "deregisterAfter",
                "healthCheck"
            })
    void nullIsAbsent(String field) {
        assertThat(read(with(field, "null"))).isEqualTo(read(SMALLEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "id", "host", "port"})
    void requiredFieldIsNamed(String field) {
        assertThat(refusalsOf(with(field, "null"))).containsExactly(new Violation(field, "is required"));
    }

    @Test
    void allBadFieldsAreNamedAtOnce() {
        String body = """
                {"name":"-","id":"","version":7,"host":"a b","port":"80","protocol":"ws","tags":{"a":1},\
                "metadata":[],"zone":{},"weight":70000,"ttl":"1d","deregisterAfter":5,"hots":"x",\
                "healthCheck":{"interval":"1ms","retries":0,"intervall":"1s"}}""";

        assertThat(fieldsRefusedIn(body))
                .containsExactlyInAnyOrder(
                        "name",
                        "id",
                        "version",
                        "host",
                        "port",
                        "protocol",
                        "tags.a",
                        "metadata",
                        "zone",
                        "weight",
                        "ttl",
                        "deregisterAfter",
                        "hots",
                        "healthCheck.interval",
                        "healthCheck.retries",
                        "healthCheck.intervall");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hots", "Host", "health_check", "", "__proto__", "endpoint"})
    void unknownFieldIsNamed(String field) {
        assertThat(refusalsOf(with(field, "1"))).containsExactly(new Violation(field, "is not a known field"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "namespace",
                "incarnation",
                "status",
                "statusReason",
                "statusSince",
                "healthySince",
                "suspect",
                "registrationTime",
                "lastHeartbeat",
                "createIndex",
                "modifyIndex"
            })
    void serverSetFieldIsIgnored(String field) {
        assertThat(read(with(field, "{\"any\":[\"thing\"]}"))).isEqualTo(read(SMALLEST));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name | 1",
                "id | true",
                "version | 2.1",
                "host | []",
                "port | \"8080\"",
                "port | 80.0",
                "port | 8e1",
                "port | true",
                "port | 99999999999",
                "port | 99999999999999999999999999999999",
                "port | 1e400",
                "protocol | 0",
                "tags | []",
                "tags | \"a\"",
                "metadata | 1",
                "zone | {}",
                "weight | \"1\"",
                "ttl | 30",
                "ttl | {}",
                "deregisterAfter | false",
                "healthCheck | \"http\"",
                "healthCheck | []",
                "healthCheck | false",
            })
    void wrongTypeIsRefusedNotConverted(String field, String value) {
        assertThat(refusalsOf(with(field, value)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.field()).isEqualTo(field))
                .satisfies(violation -> assertThat(violation.message()).startsWith("must be "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "1", "\"x\"", "true", ""})
    void bodyThatIsNoObjectIsRefused(String body) {
        assertThat(refusalsOf(body)).containsExactly(new Violation("body", "must be a JSON object"));
    }

    @Test
    void nameAndIdComeFromThePath() {
        Registration registration = readAt("orders", "7", "{\"host\":\"h\",\"port\":1}");

        assertThat(registration.key()).isEqualTo(InstanceKey.of("default", "orders", "7"));
    }

    @Test
    void nameAndIdMustEqualThePath() {
        assertThatThrownBy(
                        () -> readAt("orders", "7", "{\"name\":\"payments\",\"id\":\"8\",\"host\":\"h\",\"port\":1}"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("name must equal the name in the path, orders; id must equal the id in the path, 7");
    }

    @Test
    void namespaceComesFromTheQuery() throws IOException {
        JsonNode body = Json.mapper().readTree(with("namespace", "\"other\""));

        Registration registration = RegistrationReader.read(body, new Namespace("team-a"), null, null);

        assertThat(registration.key()).isEqualTo(InstanceKey.of("team-a", "orders", "orders-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\n", "\\u007f", "\\u0085", "\\ud83d", "\\ude00", "\\ude00\\ud83d"})
    void controlCharactersAndLoneSurrogatesAreRefusedEverywhere(String escape) {
        for (String field : new String[] {"name", "id", "version", "host", "zone"}) {
            assertThat(fieldsRefusedIn(with(field, "\"a" + escape + "b\""))).containsExactly(field);
        }
        assertThat(fieldsRefusedIn(with("tags", "{\"k\":\"" + escape + "\"}"))).containsExactly("tags.k");
    }

    @Test
    void pairOfSurrogatesIsOneCharacterAndStays() {
        assertThat(read(with("version", "\"\\ud83d\\ude00\"")).version()).isEqualTo("\ud83d\ude00");
    }

    /** Jackson decodes an overlong form without a word; the rules see what came out. */
    @Test
    void overlongUtf8IsRefusedByTheRules() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"host\":\"h\",\"port\":1,\"name\":\"n\",\"id\":\"i\",\"zone\":\"".getBytes(UTF_8));
        body.writeBytes(new byte[] {(byte) 0xc0, (byte) 0x80});
        body.writeBytes("\"}".getBytes(UTF_8));
        JsonNode json = Json.mapper().readTree(body.toByteArray());

        assertThatThrownBy(() -> RegistrationReader.read(json, Namespace.DEFAULT, null, null))
                .hasMessage("zone must not contain control characters or half a surrogate pair");
    }

    @Test
    void answerToManyBadFieldsIsBound() throws IOException {
        String body = IntStream.range(0, 20_000)
                .mapToObj(i -> "\"hots" + i + "\":1")
                .collect(Collectors.joining(",", "{", "}"));

        var refusals = refusalsOf(body);

        assertThat(refusals).hasSize(Violations.MAX_FINDINGS + 1);
        assertThat(Json.mapper().writeValueAsBytes(refusals)).hasSizeLessThan(100_000);
    }
}
