package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Authority;
import io.rollcall.statemachine.command.CommandHeader;
import org.jspecify.annotations.Nullable;

/**
 * What every command carries beside its content, version 2: with the actor's authority, which is somebody's. What is
 * nobody's is written as version 1. Part of the log.
 */
record HeaderV2(
        String requestId,
        String fingerprint,
        @MayBeNull @Nullable String traceParent,
        String actor,
        String authority) {

    /** The level from which on a cluster may hold it. */
    static final int FEATURE_LEVEL = 4;

    static boolean isNeededFor(CommandHeader header) {
        return header.authority() != Authority.NONE;
    }

    static HeaderV2 of(CommandHeader header) {
        String actor = header.actor();
        if (actor == null) {
            throw new IllegalStateException("an authority without an actor");
        }
        return new HeaderV2(
                header.requestId(),
                header.fingerprint(),
                header.traceParent(),
                actor,
                WireEnum.AUTHORITY.name(header.authority()));
    }

    CommandHeader thaw() {
        return new CommandHeader(requestId, fingerprint, traceParent, actor, WireEnum.AUTHORITY.parse(authority));
    }
}
