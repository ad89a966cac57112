package io.rollcall.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ConfigValueTest {

    @Test
    void valueHasAtMost512KiB() {
        assertThat(ConfigValue.of(new byte[0]).size()).isZero();
        assertThat(ConfigValue.of(new byte[512 * 1024]).size()).isEqualTo(512 * 1024);
        assertThatThrownBy(() -> ConfigValue.of(new byte[512 * 1024 + 1]))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("value must have at most 524288 bytes");
    }

    @Test
    void valuesAreEqualByTheirBytesAndShowNoneOfThem() {
        ConfigValue value = ConfigValue.of(new byte[] {1, 2});

        assertThat(value).isEqualTo(ConfigValue.of(new byte[] {1, 2})).hasSameHashCodeAs(ConfigValue.of(new byte[] {1, 2
        }));
        assertThat(value).isNotEqualTo(ConfigValue.of(new byte[] {1, 3})).hasToString("2 bytes");
    }

    @Test
    void contentTypeIsPrintableAscii() {
        assertThat(new ContentType("text/plain; charset=latin1")).hasToString("text/plain; charset=latin1");
        assertThat(new ContentType("x".repeat(255)).value()).hasSize(255);
        for (String bad : new String[] {"", " text/plain", "text/plain ", "text/plain\n", "ü/ü", "x".repeat(256)}) {
            assertThatThrownBy(() -> new ContentType(bad))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageStartingWith("Content-Type must be 1 to 255");
        }
    }
}
