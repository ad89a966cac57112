package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.state.KeysetRecord;
import java.util.List;

/** {@link KeysetRecord}, version 1. */
record KeysetRecordV1(
        long version,
        String wrapped,
        String masterKeyId,
        long primaryKeyId,
        List<Long> keyIds,
        long putAtMillis,
        String phase,
        long done,
        long total,
        long cleanAtMillis) {

    static KeysetRecordV1 of(KeysetRecord keyset) {
        return new KeysetRecordV1(
                keyset.version(),
                keyset.wrapped(),
                keyset.masterKeyId(),
                keyset.primaryKeyId(),
                keyset.keyIds(),
                keyset.putAtMillis(),
                WireEnum.KEYSET_PHASE.name(keyset.phase()),
                keyset.done(),
                keyset.total(),
                keyset.cleanAtMillis());
    }

    KeysetRecord thaw() {
        return new KeysetRecord(
                version,
                wrapped,
                masterKeyId,
                primaryKeyId,
                keyIds,
                putAtMillis,
                WireEnum.KEYSET_PHASE.parse(phase),
                done,
                total,
                cleanAtMillis);
    }
}
