package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.state.TombstoneRecord;

/** {@link TombstoneRecord}, version 1. */
record TombstoneRecordV1(KeyV1 key, long incarnation, long removedAtMillis) {

    static TombstoneRecordV1 of(TombstoneRecord tombstone) {
        return new TombstoneRecordV1(KeyV1.of(tombstone.key()), tombstone.incarnation(), tombstone.removedAtMillis());
    }

    TombstoneRecord thaw() {
        return new TombstoneRecord(key.thaw(), incarnation, removedAtMillis);
    }
}
