package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Authority;
import io.rollcall.statemachine.command.CommandHeader;
import org.jspecify.annotations.Nullable;

/** What every command carries beside its content, version 1; part of the log. */
record HeaderV1(
        String requestId,
        String fingerprint,
        @MayBeNull @Nullable String traceParent,
        @MayBeNull @Nullable String actor) {

    static HeaderV1 of(CommandHeader header) {
        return new HeaderV1(header.requestId(), header.fingerprint(), header.traceParent(), header.actor());
    }

    CommandHeader thaw() {
        return new CommandHeader(requestId, fingerprint, traceParent, actor, Authority.NONE);
    }
}
