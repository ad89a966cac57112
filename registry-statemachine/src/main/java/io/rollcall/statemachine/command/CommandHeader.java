package io.rollcall.statemachine.command;

import org.jspecify.annotations.Nullable;

/**
 * What every command carries beside its content.
 *
 * @param requestId identity of the request; the first result is remembered under it, so that a repetition is answered
 *     and not applied
 * @param fingerprint digest of the content where the caller chose the request id, so that its reuse for something else
 *     is found; empty where the registry chose it
 * @param traceParent W3C trace context of the request, for telemetry and the history
 * @param actor who asked, for the history; null if nobody was authenticated
 * @param authority what the actor may do to what others own
 */
public record CommandHeader(
        String requestId,
        String fingerprint,
        @Nullable String traceParent,
        @Nullable String actor,
        Authority authority) {

    /** Refuses an authority that is nobody's. */
    public CommandHeader {
        if (authority != Authority.NONE && actor == null) {
            throw new IllegalArgumentException("a command on the authority of an " + authority + " names no actor");
        }
    }

    /**
     * Puts another digest in the place of its own.
     *
     * @param other the digest
     * @return a copy
     */
    public CommandHeader withFingerprint(String other) {
        return new CommandHeader(requestId, other, traceParent, actor, authority);
    }

    /**
     * A header of a request that the registry itself makes.
     *
     * @param requestId fresh and unique
     * @return the header
     */
    public static CommandHeader of(String requestId) {
        return new CommandHeader(requestId, "", null, null, Authority.NONE);
    }
}
