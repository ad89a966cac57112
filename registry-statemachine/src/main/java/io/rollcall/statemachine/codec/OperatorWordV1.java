package io.rollcall.statemachine.codec;

import io.rollcall.api.model.OperatorWord;
import org.jspecify.annotations.Nullable;

/** What an operator said, version 1; part of log and store. */
record OperatorWordV1(String status, String reason) {

    static @Nullable OperatorWordV1 ofNullable(@Nullable OperatorWord word) {
        return word == null ? null : new OperatorWordV1(WireEnum.STATUS.name(word.status()), word.reason());
    }

    static @Nullable OperatorWord thawNullable(@Nullable OperatorWordV1 word) {
        return word == null ? null : new OperatorWord(WireEnum.STATUS.parse(word.status), word.reason);
    }
}
