package io.rollcall.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

    @Test
    void nestingIsBound() {
        int most = Json.MAX_DEPTH;

        assertThatCode(() -> Json.mapper().readTree("[".repeat(most) + "]".repeat(most)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Json.mapper().readTree("[".repeat(most + 1) + "]".repeat(most + 1)))
                .isInstanceOf(StreamConstraintsException.class);
        assertThatThrownBy(() -> Json.mapper().readTree("{\"a\":".repeat(100_000)))
                .isInstanceOf(StreamConstraintsException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":1}",
                "{\"x\":{\"a\":1,\"a\":1}}",
                "{} {}",
                "{}]",
                "{} x",
                "{\"a\":1",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":1,}",
                "{\"a\":\"\n\"}",
                "// comment\n{}",
                "\"\\ud8\"",
                "{\"\\ud800\":1}",
                "{\"\\udc00\":1}",
            })
    void otherThanOneStrictDocumentIsRefused(String text) {
        assertThatThrownBy(() -> Json.mapper().readTree(text)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void numbersAreBound() {
        assertThatThrownBy(() -> Json.mapper().readTree("1".repeat(33))).isInstanceOf(StreamConstraintsException.class);
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        byte[] cut = {'"', (byte) 0xe4, (byte) 0xb8, '"'};
        byte[] stray = {'"', (byte) 0x80, '"'};
        byte[] latin1 = {'"', (byte) 0xe4, '"'};
        byte[] surrogate = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};

        for (byte[] bytes : new byte[][] {cut, stray, latin1, surrogate}) {
            assertThatThrownBy(() -> Json.mapper().readTree(bytes)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void nothingIsNoObject() throws IOException {
        assertThat(Json.mapper().readTree("").isObject()).isFalse();
        assertThat(Json.mapper().readTree("null").isObject()).isFalse();
    }
}
