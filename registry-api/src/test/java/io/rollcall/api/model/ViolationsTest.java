package io.rollcall.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ViolationsTest {

    private final Violations violations = new Violations();

    @Test
    void nothingFoundEndsWithoutAnError() {
        assertThatCode(violations::throwIfAny).doesNotThrowAnyException();
        assertThat(violations.list()).isEmpty();
    }

    @Test
    void firstFindingOfAFieldStays() {
        violations.add("host", "is required");
        violations.add("host", "must be a valid DNS name", 253);
        violations.add("port", "must be 1 to 65535", 1);

        assertThatThrownBy(violations::throwIfAny)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("host is required; port must be 1 to 65535");
        assertThat(violations.list())
                .containsExactly(new Violation("host", "is required"), new Violation("port", "must be 1 to 65535", 1));
    }

    @Test
    void whatAParserFindsIsKept() {
        Integer parsed = violations.collect(() -> 7);
        Integer refused = violations.collect(() -> {
            throw new InvalidRequestException(new Violation("filter", "ends at position 3", null, 3));
        });

        assertThat(parsed).isEqualTo(7);
        assertThat(refused).isNull();
        assertThat(violations.list()).containsExactly(new Violation("filter", "ends at position 3", null, 3));
    }

    @Test
    void findingsAreBound() {
        for (int i = 0; i < 2 * Violations.MAX_FINDINGS; i++) {
            violations.add("field" + i, "is not a known field");
        }

        assertThat(violations.list()).hasSize(Violations.MAX_FINDINGS + 1);
        assertThat(violations.list().get(Violations.MAX_FINDINGS))
                .isEqualTo(new Violation("body", "has more bad fields than the 256 named", 256));
    }

    @Test
    void exactlyTheMostFindingsAreNamedAlone() {
        for (int i = 0; i < Violations.MAX_FINDINGS; i++) {
            violations.add("field" + i, "is not a known field");
        }
        violations.add("field0", "is bad in another way");

        assertThat(violations.list())
                .hasSize(Violations.MAX_FINDINGS)
                .extracting(Violation::field)
                .doesNotContain("body");
    }

    @Test
    void fieldNamesOfACallerAreMadePrintable() {
        violations.add("tags.\ud800\n" + "x".repeat(1_000), "must be a string");

        String field = violations.list().get(0).field();

        assertThat(field).startsWith("tags.\ufffd\ufffdxxx").endsWith("\u2026").hasSize(Violation.MAX_FIELD_LENGTH);
    }
}
