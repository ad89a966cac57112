package io.rollcall.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SecretTest {

    private static final String TEXT = "hush-7f3a90c1";

    private record Holder(String id, Secret secret) {}

    @Test
    void nothingShowsIt() {
        var secret = Secret.of(TEXT);

        for (var holder : List.of(
                secret,
                new Holder("t-1", secret),
                Optional.of(secret),
                List.of(secret),
                Map.of("secret", secret),
                new Object[] {secret}[0])) {
            assertThat(holder.toString()).contains("***").doesNotContain("hush");
        }
        assertThat("" + secret).isEqualTo("***");
        assertThat(String.format("%s", secret)).isEqualTo("***");
        assertThat(secret.hashCode()).isEqualTo(Secret.of("another").hashCode());
    }

    @Test
    void whoeverNeedsItHasIt() {
        assertThat(Secret.of(TEXT).reveal()).isEqualTo(TEXT);
        assertThat(Secret.of("").isEmpty()).isTrue();
        assertThat(Secret.ofNullable(null)).isNull();
        assertThat(Secret.ofNullable(TEXT)).isEqualTo(Secret.of(TEXT));
    }

    @Test
    void equalTextsAreEqual() {
        assertThat(Secret.of(TEXT)).isEqualTo(Secret.of(TEXT)).isNotEqualTo(Secret.of(TEXT + "x"));
        assertThat(Secret.of(TEXT)).isNotEqualTo(Secret.of("")).isNotEqualTo(TEXT);
    }
}
