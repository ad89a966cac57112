package io.rollcall.statemachine.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class CrashPointTest {

    @Test
    void nothingIsArmedByDefault() {
        assertThat(CrashPoint.Armed.parse(null)).isNull();
        assertThat(CrashPoint.Armed.parse("")).isNull();
        CrashPoint.APPLY_BEFORE_BATCH.reached();
    }

    @Test
    void pointIsArmedForOneTime() {
        var armed = CrashPoint.Armed.parse("apply-before-batch:3");

        assertThat(armed).isNotNull();
        assertThat(armed.point()).isEqualTo(CrashPoint.APPLY_BEFORE_BATCH);
        assertThat(armed.isTime()).isFalse();
        assertThat(armed.isTime()).isFalse();
        assertThat(armed.isTime()).isTrue();
        assertThat(armed.isTime()).isFalse();
    }

    @Test
    void unknownPointIsRefused() {
        assertThatThrownBy(() -> CrashPoint.Armed.parse("apply-before-lunch:1"))
                .hasMessageContaining("rollcall.test.crash-point")
                .hasMessageContaining("apply-before-batch");
        assertThatThrownBy(() -> CrashPoint.Armed.parse("apply-before-batch")).hasMessageContaining("NAME:TIMES");
        assertThatThrownBy(() -> CrashPoint.Armed.parse("apply-before-batch:x"))
                .hasMessageContaining("must end with a number");
    }
}
