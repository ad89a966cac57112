package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.state.TokenRecord;

/** {@link TokenRecord}, version 1. */
record TokenRecordV1(TokenV1 token, String secretHash) {

    static TokenRecordV1 of(TokenRecord record) {
        return new TokenRecordV1(TokenV1.of(record.token()), record.secretHash());
    }

    TokenRecord thaw() {
        return new TokenRecord(token.thaw(), secretHash);
    }
}
