package io.rollcall.chaos.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MutantTest {

    @ParameterizedTest
    @EnumSource
    void isFoundByItsLabel(Mutant mutant) {
        assertThat(Mutant.named(mutant.label())).isSameAs(mutant);
        assertThat(mutant.name().toLowerCase(Locale.ROOT).replace('_', '-')).isEqualTo(mutant.label());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NO_DEDUP", "no-dedup ", "no_dedup"})
    void anyOtherNameIsRefused(String label) {
        assertThatExceptionOfType(MutationException.class)
                .isThrownBy(() -> Mutant.named(label))
                .withMessageStartingWith("no mutant is called '" + label + "'")
                .withMessageContaining("no-dedup, no-precondition");
    }

    @Test
    void saysThatItIsAtWork() {
        assertThat(Mutant.NO_DEDUP.atWork()).isEqualTo("mutant no-dedup is at work");
    }
}
