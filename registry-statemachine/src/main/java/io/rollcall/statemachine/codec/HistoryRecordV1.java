package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.state.HistoryRecord;

/** {@link HistoryRecord}, version 1. */
record HistoryRecordV1(long events, long bytes, long fromIndex, long fromMillis) {

    static HistoryRecordV1 of(HistoryRecord history) {
        return new HistoryRecordV1(history.events(), history.bytes(), history.fromIndex(), history.fromMillis());
    }

    HistoryRecord thaw() {
        return new HistoryRecord(events, bytes, fromIndex, fromMillis);
    }
}
