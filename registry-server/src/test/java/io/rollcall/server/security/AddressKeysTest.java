package io.rollcall.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressKeysTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "2001:db8:0:7:1:2:3:4, 2001:db8:0:7",
        "[2001:db8:0:7:9:9:9:9], 2001:db8:0:7",
        "fe80:0:0:0:1:2:3:4%eth0, fe80:0:0:0",
        "::1, ::1",
    })
    void hostWithManyAddressesIsOne(String address, String key) {
        assertThat(AddressKeys.of(address)).isEqualTo(key);
    }

    @Test
    void loopbackIsKnown() {
        assertThat(AddressKeys.isLoopback("127.0.0.1")).isTrue();
        assertThat(AddressKeys.isLoopback("127.9.9.9")).isTrue();
        assertThat(AddressKeys.isLoopback("[0:0:0:0:0:0:0:1]")).isTrue();
        assertThat(AddressKeys.isLoopback("10.0.0.127")).isFalse();
        assertThat(AddressKeys.isLoopback("2001:db8:0:0:0:0:0:1")).isFalse();
    }
}
