package io.rollcall.api.wire;

import static io.rollcall.api.wire.Registrations.fieldsRefusedIn;
import static io.rollcall.api.wire.Registrations.read;
import static io.rollcall.api.wire.Registrations.readWith;
import static io.rollcall.api.wire.Registrations.refusalsOf;
import static io.rollcall.api.wire.Registrations.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.StatusRange;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HealthCheckReaderTest {

    @Test
    void nullIsNoCheck() {
        assertThat(readWith("healthCheck", "null").healthCheck()).isNull();
        assertThat(read(Registrations.SMALLEST).healthCheck()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"http, HTTP, /", "https, HTTPS, /", "grpc, GRPC, ''", "tcp, TCP, ''", "udp, UDP, ''"})
    void defaultsComeFromTheProtocol(String protocol, CheckType type, String endpoint) {
        HealthCheck check = read("{\"name\":\"a\",\"id\":\"1\",\"host\":\"h\",\"port\":1,\"protocol\":\"" + protocol
                        + "\",\"healthCheck\":{}}")
                .healthCheck();

        assertThat(check)
                .isEqualTo(new HealthCheck(
                        type,
                        endpoint,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(2),
                        3,
                        1,
                        "GET",
                        new TreeMap<>(),
                        null));
    }

    @Test
    void everyFieldIsRead() {
        HealthCheck check = readWith("healthCheck", """
                        {"type":"https","endpoint":"/health?deep=%20","interval":"1h","timeout":"10ms","retries":100,\
                        "successes":100,"method":"HEAD","headers":{"X-Probe":"a b"},"expectStatus":"200-399"}""").healthCheck();

        TreeMap<String, String> headers = new TreeMap<>();
        headers.put("X-Probe", "a b");
        assertThat(check)
                .isEqualTo(new HealthCheck(
                        CheckType.HTTPS,
                        "/health?deep=%20",
                        Duration.ofHours(1),
                        Duration.ofMillis(10),
                        100,
                        100,
                        "HEAD",
                        headers,
                        new StatusRange(200, 399)));
    }

    @Test
    void expectedStatusIsATextOrANumber() {
        assertThat(readWith("healthCheck", "{\"expectStatus\":204}")
                        .healthCheck()
                        .expectStatus())
                .isEqualTo(new StatusRange(204, 204));
        assertThat(readWith("healthCheck", "{\"expectStatus\":\"204\"}")
                        .healthCheck()
                        .expectStatus())
                .isEqualTo(new StatusRange(204, 204));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "interval | \"1s\"",
                "interval | \"1h\"",
                "timeout | \"10ms\"",
                "timeout | \"1m\"",
                "retries | 1",
                "successes | 1",
                "endpoint | \"/\"",
                "endpoint | \"/a/b.c;d?e=f&g=%C3%A4\"",
                "method | \"OPTIONS\"",
                "expectStatus | 599",
            })
    void justInIsTaken(String field, String value) {
        assertThat(refusalsOf(with("healthCheck", "{\"" + field + "\":" + value + "}")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type | \"exec\"",
                "type | 1",
                "interval | \"0s\"",
                "interval | \"999ms\"",
                "interval | \"3600001ms\"",
                "interval | 10",
                "timeout | \"9ms\"",
                "timeout | \"60001ms\"",
                "retries | 0",
                "retries | 101",
                "retries | 1.5",
                "successes | 0",
                "successes | 101",
                "endpoint | \"health\"",
                "endpoint | \"\"",
                "endpoint | \"http://h/x\"",
                "endpoint | \"/a b\"",
                "endpoint | \"/a#b\"",
                "endpoint | \"/%\"",
                "endpoint | \"/%zz\"",
                "endpoint | \"/ä\"",
                "endpoint | \"/\\r\\nHost: x\"",
                "method | \"DELETE\"",
                "method | \"get\"",
                "method | \"\"",
                "expectStatus | 99",
                "expectStatus | \"2xx\"",
                "expectStatus | true",
                "headers | []",
                "headers | {\"a b\":\"c\"}",
                "headers | {\"\":\"c\"}",
                "port | 80",
            })
    void justOutIsRefused(String field, String value) {
        assertThat(fieldsRefusedIn(with("healthCheck", "{\"" + field + "\":" + value + "}")))
                .containsExactly("healthCheck." + field);
    }

    @Test
    void headerCannotBeSmuggledIn() {
        assertThat(fieldsRefusedIn(with("healthCheck", "{\"headers\":{\"X-A\":\"1\\r\\nX-B: 2\"}}")))
                .containsExactly("healthCheck.headers.X-A");
        assertThat(fieldsRefusedIn(with("healthCheck", "{\"headers\":{\"X-A\\r\\nX-B\":\"2\"}}")))
                .containsExactly("healthCheck.headers");
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 33})
    void headersAreBound(int count) {
        String headers = IntStream.range(0, count)
                .mapToObj(i -> "\"X-" + i + "\":\"v\"")
                .collect(Collectors.joining(",", "{", "}"));

        assertThat(refusalsOf(with("healthCheck", "{\"headers\":" + headers + "}")))
                .hasSize(count <= 32 ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_024, 1_025})
    void endpointIsBound(int length) {
        String endpoint = "/" + "x".repeat(length - 1);

        assertThat(fieldsRefusedIn(with("healthCheck", "{\"endpoint\":\"" + endpoint + "\"}")))
                .isEqualTo(length <= 1_024 ? List.of() : List.of("healthCheck.endpoint"));
    }

    @Test
    void endpointOfAGrpcCheckIsAServiceName() {
        assertThat(readWith("healthCheck", "{\"type\":\"grpc\",\"endpoint\":\"orders.v1.Orders\"}")
                        .healthCheck())
                .isEqualTo(HealthCheck.of(CheckType.GRPC, "orders.v1.Orders"));
    }
}
