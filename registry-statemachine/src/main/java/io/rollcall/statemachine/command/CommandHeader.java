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

    private static final int TRACE_PARENT_CHARS = 55;
    private static final int SAMPLED = 1;

    /** Refuses an authority that is nobody's. */
    public CommandHeader {
        if (authority != Authority.NONE && actor == null) {
            throw new IllegalArgumentException("a command on the authority of an " + authority + " names no actor");
        }
    }

    /**
     * Tells whether the trace of the request is sampled. Nothing that is applied depends on it.
     *
     * @return false if there is none
     */
    public boolean isSampled() {
        String context = traceParent;
        return context != null
                && context.length() == TRACE_PARENT_CHARS
                && (Character.digit(context.charAt(TRACE_PARENT_CHARS - 1), 16) & SAMPLED) != 0;
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
     * Puts another trace context in the place of its own.
     *
     * @param other what happens to the command is below it
     * @return a copy
     */
    public CommandHeader withTraceParent(@Nullable String other) {
        return new CommandHeader(requestId, fingerprint, other, actor, authority);
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
