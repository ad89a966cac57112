package io.rollcall.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VocabularyTest {

    @Test
    void wireNamesAreStable() {
        assertThat(Arrays.stream(InstanceStatus.values()).map(InstanceStatus::wireName))
                .containsExactly("passing", "warning", "critical", "starting", "draining", "maintenance");
        assertThat(Arrays.stream(Protocol.values()).map(Protocol::wireName))
                .containsExactly("http", "https", "grpc", "tcp", "udp");
        assertThat(Arrays.stream(CheckType.values()).map(CheckType::wireName))
                .containsExactly("http", "https", "tcp", "udp", "grpc");
    }

    @ParameterizedTest
    @EnumSource
    void statusReadsItsWireName(InstanceStatus status) {
        assertThat(InstanceStatus.parse("status", status.wireName())).isEqualTo(status);
        assertThat(status.takesTraffic()).isEqualTo(InstanceStatus.TAKES_TRAFFIC.contains(status));
    }

    @ParameterizedTest
    @EnumSource
    void protocolReadsItsWireNameAndHasACheck(Protocol protocol) {
        assertThat(Protocol.parse("protocol", protocol.wireName())).isEqualTo(protocol);
        assertThat(CheckType.of(protocol).wireName()).isEqualTo(protocol.wireName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP", "http ", "ws", "PASSING"})
    void otherWireNamesAreRefused(String text) {
        assertThatThrownBy(() -> InstanceStatus.parse("status", text))
                .hasMessage("status must be one of passing, warning, critical, starting, draining, maintenance");
        assertThatThrownBy(() -> Protocol.parse("protocol", text))
                .hasMessage("protocol must be one of http, https, grpc, tcp, udp");
        assertThatThrownBy(() -> CheckType.parse("type", text))
                .hasMessage("type must be one of http, https, tcp, udp, grpc");
    }

    @Test
    void onlyTwoStatusesTakeTraffic() {
        assertThat(InstanceStatus.TAKES_TRAFFIC)
                .containsExactlyInAnyOrder(InstanceStatus.PASSING, InstanceStatus.WARNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"200", "100", "599", "200-399", "404-404"})
    void statusRangeReadsAndWrites(String text) {
        String written = StatusRange.parse("expectStatus", text).toString();

        assertThat(written).isEqualTo(text.equals("404-404") ? "404" : text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "99", "600", "2xx", "200-", "-200", "399-200", "200,201", " 200", "200-399-500"})
    void otherStatusRangesAreRefused(String text) {
        assertThatThrownBy(() -> StatusRange.parse("expectStatus", text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("expectStatus must be an HTTP status");
    }

    @Test
    void registrationKeepsCopiesOfItsMaps() {
        TreeMap<String, String> tags = new TreeMap<>();
        tags.put("env", "prod");
        Registration registration = Registration.builder(InstanceKey.of("default", "orders", "1"))
                .address("10.0.0.1", 80)
                .tags(tags)
                .build();

        tags.put("env", "dev");

        assertThat(registration.tags()).containsExactly(Map.entry("env", "prod"));
        assertThatThrownBy(() -> registration.tags().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void addressIsHostAndPort() {
        Registration registration = at("10.0.0.1", 80);

        assertThat(registration.sameAddress(at("10.0.0.1", 80))).isTrue();
        assertThat(registration.sameAddress(at("10.0.0.1", 81))).isFalse();
        assertThat(registration.sameAddress(at("10.0.0.2", 80))).isFalse();
    }

    @Test
    void builderOfARegistrationHoldsAllOfIt() {
        Registration registration = Registration.builder(InstanceKey.of("blue", "orders", "1"))
                .version("1.2.0")
                .address("10.0.0.1", 80)
                .protocol(Protocol.GRPC)
                .tags(Map.of("env", "prod"))
                .metadata(Map.of("owner", "team"))
                .zone("a")
                .weight(7)
                .ttl(Duration.ofSeconds(5))
                .deregisterAfter(Duration.ofHours(1))
                .healthCheck(HealthCheck.of(CheckType.TCP, ""))
                .build();

        assertThat(registration.toBuilder().build()).isEqualTo(registration);
    }

    private static Registration at(String host, int port) {
        return Registration.builder(InstanceKey.of("default", "orders", "1"))
                .address(host, port)
                .build();
    }
}
