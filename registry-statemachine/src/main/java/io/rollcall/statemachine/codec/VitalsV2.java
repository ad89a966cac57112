package io.rollcall.statemachine.codec;

import io.rollcall.api.model.CheckState;
import io.rollcall.statemachine.state.Vitals;
import org.jspecify.annotations.Nullable;

/** {@link Vitals}, version 2; part of the store since instances have that version. */
record VitalsV2(
        boolean leaseLapsed,
        String leaseReason,
        @MayBeNull @Nullable String check,
        String checkReason,
        boolean suspect) {

    static VitalsV2 of(Vitals vitals) {
        CheckState check = vitals.check();
        return new VitalsV2(
                vitals.leaseLapsed(),
                vitals.leaseReason(),
                check == null ? null : WireEnum.CHECK_STATE.name(check),
                vitals.checkReason(),
                vitals.suspect());
    }

    Vitals thaw() {
        return new Vitals(
                leaseLapsed,
                leaseReason,
                check == null ? null : WireEnum.CHECK_STATE.parse(check),
                checkReason,
                suspect);
    }
}
