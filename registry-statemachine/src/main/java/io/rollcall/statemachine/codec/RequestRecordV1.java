package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.state.RequestRecord;

/** {@link RequestRecord}, version 1. */
record RequestRecordV1(String requestId, String fingerprint, long appliedAtMillis, ResultV1 result) {

    static RequestRecordV1 of(RequestRecord request) {
        return new RequestRecordV1(
                request.requestId(), request.fingerprint(), request.appliedAtMillis(), ResultV1.of(request.result()));
    }

    RequestRecord thaw() {
        return new RequestRecord(requestId, fingerprint, appliedAtMillis, result.thaw());
    }
}
