package io.rollcall.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfigKeyTest {

    @ParameterizedTest
    @MethodSource
    void goodPaths(String path) {
        assertThatCode(() -> ConfigKey.of("default", path)).doesNotThrowAnyException();
    }

    static Stream<String> goodPaths() {
        return Stream.of("a", "a/b", "orders/db.url", "a/...", "a/.b/c~", "-/_", "0/9/Z", "x".repeat(512));
    }

    @ParameterizedTest
    @MethodSource
    void badPaths(String path) {
        InvalidRequestException refusal =
                catchThrowableOfType(InvalidRequestException.class, () -> ConfigKey.of("default", path));

        assertThat(refusal.violations()).extracting(Violation::field).isEqualTo(List.of("key"));
        assertThat(refusal).hasMessageContaining("1 to 512 characters");
    }

    static Stream<String> badPaths() {
        return Stream.of(
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "a/.",
                "../a",
                "a/../b",
                "a b",
                "a:b",
                "a%2Fb",
                "ü",
                "a\u0000",
                "x".repeat(513));
    }

    @Test
    void prefixIsWhatAPathCanBeginWith() {
        assertThat(Stream.of("", "a", "a/", "a/b", "a.").map(prefix -> ConfigKey.requirePrefix("prefix", prefix)))
                .hasSize(5);
        for (String bad : List.of("/a", "a b", "a*", "x".repeat(513))) {
            InvalidRequestException refusal =
                    catchThrowableOfType(InvalidRequestException.class, () -> ConfigKey.requirePrefix("prefix", bad));
            assertThat(refusal.violations()).extracting(Violation::field).isEqualTo(List.of("prefix"));
        }
    }

    @Test
    void keysSortByNamespaceThenPathCharacterByCharacter() {
        List<ConfigKey> sorted = List.of(
                ConfigKey.of("a", "b"),
                ConfigKey.of("a", "b-c"),
                ConfigKey.of("a", "b.c"),
                ConfigKey.of("a", "b/c"),
                ConfigKey.of("a", "b0"),
                ConfigKey.of("b", "a"));

        assertThat(sorted.stream().sorted(Comparator.reverseOrder()).sorted()).isEqualTo(sorted);
        assertThat(sorted.get(3)).hasToString("a/b/c");
    }
}
