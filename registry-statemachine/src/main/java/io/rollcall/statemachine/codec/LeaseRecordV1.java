package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.state.LeaseRecord;

/** {@link LeaseRecord}, version 1. */
record LeaseRecordV1(KeyV1 key, long incarnation, long lastHeartbeatMillis, long silentMillis) {

    static LeaseRecordV1 of(LeaseRecord lease) {
        return new LeaseRecordV1(
                KeyV1.of(lease.key()), lease.incarnation(), lease.lastHeartbeatMillis(), lease.silentMillis());
    }

    LeaseRecord thaw() {
        return new LeaseRecord(key.thaw(), incarnation, lastHeartbeatMillis, silentMillis);
    }
}
