package io.rollcall.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class NamesTest {

    @ParameterizedTest
    @MethodSource
    void goodNames(String name) {
        assertThatCode(() -> new ServiceName(name)).doesNotThrowAnyException();
        assertThatCode(() -> new Namespace(name)).doesNotThrowAnyException();
    }

    static Stream<String> goodNames() {
        return Stream.of("a", "Z", "0", "a.b_c-D9", "1-", "a".repeat(128));
    }

    @ParameterizedTest
    @MethodSource
    void badNames(String name) {
        assertThatThrownBy(() -> new ServiceName(name))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("name must be 1 to 128 characters of [A-Za-z0-9._-]");
        assertThatThrownBy(() -> new Namespace(name))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("namespace must be");
    }

    static Stream<String> badNames() {
        return Stream.of("", ".a", "-a", "_a", "a:b", "a~b", "a b", "a/b", "ä", "é".repeat(3), "a\n", "a".repeat(129));
    }

    @ParameterizedTest
    @MethodSource
    void goodIds(String id) {
        assertThatCode(() -> new InstanceId(id)).doesNotThrowAnyException();
    }

    static Stream<String> goodIds() {
        return Stream.of("a", "-", "_", "~", ":", "...", ".a", "10.0.0.1:8080", "a~B_c-9", "x".repeat(128));
    }

    @ParameterizedTest
    @MethodSource
    void badIds(String id) {
        InvalidRequestException refusal = catchThrowableOfType(InvalidRequestException.class, () -> new InstanceId(id));

        assertThat(refusal.violations()).extracting(Violation::field).isEqualTo(List.of("id"));
    }

    static Stream<String> badIds() {
        return Stream.of("", "a b", "a/b", "a?b", "a%b", "a#b", "ü", "a\u0000", "x".repeat(129));
    }

    @Test
    void idIsNeverADotSegmentOfAPath() {
        assertThatThrownBy(() -> new InstanceId(".")).hasMessageContaining("not . or .. alone");
        assertThatThrownBy(() -> new InstanceId("..")).hasMessageContaining("not . or .. alone");
    }

    @Test
    void keysSortByNamespaceThenServiceThenId() {
        InstanceKey first = InstanceKey.of("a", "z", "9");
        InstanceKey second = InstanceKey.of("b", "a", "1");
        InstanceKey third = InstanceKey.of("b", "a", "2");

        assertThat(Stream.of(third, second, first).sorted()).containsExactly(first, second, third);
        assertThat(third).hasToString("b/a/2");
    }
}
