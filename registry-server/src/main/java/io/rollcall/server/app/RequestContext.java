package io.rollcall.server.app;

import io.rollcall.statemachine.command.Authority;
import org.jspecify.annotations.Nullable;

/**
 * What a write carries beside what it asks for.
 *
 * @param requestId chosen by the caller, 1 to 64 printable characters; null: the node makes one
 * @param traceParent W3C trace context, for telemetry alone; null if there is none
 * @param actor who asks, for the history; null if nobody was authenticated
 * @param authority what the actor may do to what others own
 * @param dryRun whether to say what would change, and change nothing
 */
public record RequestContext(
        @Nullable String requestId,
        @Nullable String traceParent,
        @Nullable String actor,
        Authority authority,
        boolean dryRun) {

    /** The same, changing nothing. */
    RequestContext asDryRun() {
        return new RequestContext(requestId, traceParent, actor, authority, true);
    }

    /** Nothing beside the request itself. */
    public static final RequestContext PLAIN = new RequestContext(null, null, null, Authority.NONE, false);
}
