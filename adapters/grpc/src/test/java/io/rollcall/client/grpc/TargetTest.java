package io.rollcall.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.ServiceName;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {

    private static Target parse(String text) {
        return Target.parse(URI.create(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollcall:///orders", "rollcall:/orders"})
    void serviceIsThePath(String text) {
        assertThat(parse(text)).isEqualTo(new Target(null, new ServiceName("orders"), Map.of(), null, null, null));
    }

    @Test
    void authorityIsTheNamespace() {
        assertThat(parse("rollcall://shop.eu/orders").namespace()).isEqualTo(new Namespace("shop.eu"));
    }

    @Test
    void parametersSelect() {
        var target = parse("rollcall:///orders?tag=env:prod&zone=eu%201&tag=url:a:b&version=2.1&protocol=grpc");

        assertThat(target)
                .isEqualTo(new Target(
                        null,
                        new ServiceName("orders"),
                        Map.of("env", "prod", "url", "a:b"),
                        "eu 1",
                        "2.1",
                        Protocol.GRPC));
    }

    @ParameterizedTest
    @CsvSource({
        "rollcall:///, one service",
        "rollcall:orders, one service",
        "rollcall:///a/b, one service",
        "rollcall:///-orders, name",
        "rollcall://-/orders, namespace",
        "rollcall:///orders?zon=eu, no parameter 'zon'",
        "rollcall:///orders?zone, no parameter with a value",
        "rollcall:///orders?zone=a&zone=b, twice",
        "rollcall:///orders?tag=env, not key:value",
        "rollcall:///orders?protocol=soap, protocol",
    })
    void otherFormsAreRefusedByName(String text, String why) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(text, why, "rollcall://[namespace]/service");
    }

    @Test
    void thoseAreChosenThatHaveAllThatIsAskedFor() {
        var all = List.of(
                Samples.instance("plain", with -> with),
                Samples.instance("grpc", with -> with.protocol(Protocol.GRPC)),
                Samples.instance(
                        "prod",
                        with -> with.tags(Map.of("env", "prod", "tier", "1"))
                                .zone("eu")
                                .version("2.1")
                                .protocol(Protocol.GRPC)),
                Samples.instance("resting", with -> with.weight(0)));

        assertThat(parse("rollcall:///orders").choose(all)).isEqualTo(all.subList(0, 3));
        assertThat(parse("rollcall:///orders?protocol=grpc").choose(all)).isEqualTo(all.subList(1, 3));
        assertThat(parse("rollcall:///orders?tag=env:prod").choose(all)).isEqualTo(all.subList(2, 3));
        assertThat(parse("rollcall:///orders?tag=env:test").choose(all)).isEmpty();
        assertThat(parse("rollcall:///orders?zone=eu&version=2.1&tag=tier:1&tag=env:prod")
                        .choose(all))
                .isEqualTo(all.subList(2, 3));
        assertThat(parse("rollcall:///orders?zone=us").choose(all)).isEmpty();
        assertThat(parse("rollcall:///orders?version=2").choose(all)).isEmpty();
    }
}
