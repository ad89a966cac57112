package io.rollcall.api.wire;

import static io.rollcall.api.wire.Registrations.fieldsRefusedIn;
import static io.rollcall.api.wire.Registrations.refusalsOf;
import static io.rollcall.api.wire.Registrations.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Violation;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the instance's table, just in and just out. */
final class RegistrationBoundsTest {

    private static final String ASTRAL = "\ud83d\ude00";

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void justInIsTaken(String field, String shown, String value) {
        assertThat(refusalsOf(with(field, value))).isEmpty();
    }

    static Stream<Arguments> justInIsTaken() {
        return Stream.of(
                row("name", text("a".repeat(128))),
                row("id", text("~".repeat(128))),
                row("version", text("")),
                row("version", text("v".repeat(64))),
                row("version", text("ü中 !\\\"{}")),
                row("host", text("x".repeat(63) + ".example.")),
                row("host", text("2001:db8::1")),
                row("port", "1"),
                row("port", "65535"),
                row("protocol", text("udp")),
                row("tags", "{}"),
                row("tags", entries(64)),
                row("tags", "{" + text("k".repeat(128)) + ":" + text("v".repeat(512)) + "}"),
                row("tags", "{\"app.kubernetes.io/name\":\"\"}"),
                row("metadata", "{\"k\":" + text("v".repeat(16 * 1024 - 1)) + "}"),
                row("metadata", "{\"k\":\"line\\r\\n\\tline\"}"),
                row("metadata", "{" + text("k".repeat(128)) + ":\"\"}"),
                row("zone", text("")),
                row("zone", text("z".repeat(128))),
                row("weight", "0"),
                row("weight", "65535"),
                row("ttl", text("0s")),
                row("ttl", text("1s")),
                row("ttl", text("1000ms")),
                row("ttl", text("24h")),
                row("deregisterAfter", text("0s")),
                row("deregisterAfter", text("1s")),
                row("deregisterAfter", text("720h")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void justOutIsRefused(String field, String shown, String value) {
        assertThat(fieldsRefusedIn(with(field, value))).containsExactly(field);
    }

    static Stream<Arguments> justOutIsRefused() {
        return Stream.of(
                row("name", text("")),
                row("name", text("a".repeat(129))),
                row("name", text(".a")),
                row("id", text("")),
                row("id", text("~".repeat(129))),
                row("id", text("a/b")),
                row("id", text("..")),
                row("version", text("v".repeat(65))),
                row("version", text("1\\u0000")),
                row("host", text("")),
                row("host", text("x".repeat(64))),
                row("host", text("-a")),
                row("host", text("10.0.0.256")),
                row("port", "0"),
                row("port", "-1"),
                row("port", "65536"),
                row("protocol", text("ws")),
                row("protocol", text("HTTP")),
                row("tags", entries(65)),
                row("tags", "{\"\":\"x\"}"),
                row("tags", "{" + text("k".repeat(129)) + ":\"\"}"),
                row("metadata", "{\"k\":" + text("v".repeat(16 * 1024)) + "}"),
                row("metadata", "{" + text("k".repeat(129)) + ":\"\"}"),
                row("metadata", "{\"\":\"x\"}"),
                row("zone", text("z".repeat(129))),
                row("weight", "-1"),
                row("weight", "65536"),
                row("ttl", text("1ms")),
                row("ttl", text("999ms")),
                row("ttl", text("86400001ms")),
                row("deregisterAfter", text("999ms")),
                row("deregisterAfter", text("721h")));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void badEntryOfAMapIsNamedByItsKey(String field, String shown, String value, String named) {
        assertThat(fieldsRefusedIn(with(field, value))).containsExactly(named);
    }

    static Stream<Arguments> badEntryOfAMapIsNamedByItsKey() {
        return Stream.of(
                entry("tags", "{\"env\":" + text("v".repeat(513)) + "}", "tags.env"),
                entry("tags", "{\"env\":\"a\\nb\"}", "tags.env"),
                entry("tags", "{\"env\":\"\\ud83d\"}", "tags.env"),
                entry("tags", "{\"env\":7}", "tags.env"),
                entry("tags", "{\"env\":null}", "tags.env"),
                entry("tags", "{\"a\\u0007\":\"\"}", "tags.a\ufffd"),
                entry("metadata", "{\"k\":\"\\u001b[31m\"}", "metadata.k"),
                entry("metadata", "{\"k\":{}}", "metadata.k"));
    }

    @Test
    void metadataIsMeasuredInBytesOfUtf8() {
        String fits = ASTRAL.repeat((16 * 1024 - 4) / 4);

        assertThat(refusalsOf(with("metadata", "{\"abcd\":" + text(fits) + "}")))
                .isEmpty();
        assertThat(refusalsOf(with("metadata", "{\"abcde\":" + text(fits) + "}")))
                .containsExactly(
                        new Violation("metadata", "must have at most 16384 bytes in all, has 16385", 16 * 1024));
    }

    @Test
    void crossedBoundIsInTheAnswer() {
        assertThat(refusalsOf(with("port", "65536")))
                .containsExactly(new Violation("port", "must be 1 to 65535, is 65536", 65_535));
        assertThat(refusalsOf(with("weight", "-1")))
                .containsExactly(new Violation("weight", "must be 0 to 65535, is -1", 0));
        assertThat(refusalsOf(with("ttl", text("200ms"))))
                .containsExactly(new Violation("ttl", "must be 1s to 24h, is 200ms", "1s"));
        assertThat(refusalsOf(with("tags", entries(65))))
                .containsExactly(new Violation("tags", "must have at most 64 entries, has 65", 64));
        assertThat(refusalsOf(with("version", text("v".repeat(65)))))
                .containsExactly(new Violation("version", "must have at most 64 characters, has 65", 64));
    }

    private static Arguments row(String field, String value) {
        return Arguments.of(field, shown(value), value);
    }

    private static Arguments entry(String field, String value, String named) {
        return Arguments.of(field, shown(value), value, named);
    }

    private static String shown(String value) {
        return value.length() > 40 ? value.substring(0, 20) + "... (" + value.length() + ")" : value;
    }

    private static String text(String content) {
        return "\"" + content + "\"";
    }

    private static String entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\":\"v\"")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
