package io.rollcall.client.provide;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OwnAddressTest {

    @Test
    void isTheOneThatTheRegistryIsReachedFrom() {
        assertThat(OwnAddress.towards(List.of(URI.create("http://127.0.0.1:8500"))))
                .isEqualTo("127.0.0.1");
        assertThat(OwnAddress.towards(List.of(URI.create("http://127.0.0.1")))).isEqualTo("127.0.0.1");
    }

    @Test
    void goesOnWithTheNextServer() {
        assertThat(OwnAddress.towards(
                        List.of(URI.create("http://no-such-host.invalid:8500"), URI.create("http://127.0.0.1:8500"))))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void isSomeAddressOfThisMachineIfNoServerIsKnown() {
        assertThat(OwnAddress.towards(List.of())).isNotEmpty().doesNotContain("%", "0.0.0.0");
    }
}
