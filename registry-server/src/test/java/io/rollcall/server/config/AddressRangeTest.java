package io.rollcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "172.16.0.0/12, 172.31.0.1, true",
        "172.16.0.0/12, 172.32.0.1, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::/0, ::ffff:10.0.0.1, true",
        "10.0.0.0/8, ::ffff:10.0.0.1, false",
        "::ffff:0:0/96, ::ffff:10.0.0.1, true",
    })
    void blockHoldsWhatSharesItsPrefix(String block, String address, boolean contained) {
        assertThat(AddressRange.parse(block).contains(IpLiteral.parse(address).orElseThrow()))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/8", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/33", "::/129", "10/8", "a/8"})
    void otherTextsAreNoBlocks(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be blocks such as");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "1", "127.1", "0177.0.0.1", "0x7f.0.0.1", "1.2.3.4.", "fe80::1%lo", "[::1]", "a.b"})
    void otherSpellingsAreNoLiterals(String text) {
        assertThat(IpLiteral.parse(text)).isEmpty();
    }
}
