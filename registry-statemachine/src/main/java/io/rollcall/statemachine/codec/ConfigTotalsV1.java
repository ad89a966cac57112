package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.state.ConfigTotals;

/** {@link ConfigTotals}, version 1. */
record ConfigTotalsV1(long versions, long bytes) {

    static ConfigTotalsV1 of(ConfigTotals totals) {
        return new ConfigTotalsV1(totals.versions(), totals.bytes());
    }

    ConfigTotals thaw() {
        return new ConfigTotals(versions, bytes);
    }
}
