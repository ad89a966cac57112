package io.rollcall.server.app.access;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who did what, or was refused. It holds no token, no value and nothing of a body.
 *
 * @param time when it was answered
 * @param identity who; null for nobody in particular
 * @param tokenId by which token; null without one
 * @param operation method and route, such as {@code PUT /api/v1/services/{name}/instances/{id}}
 * @param target what it was about: the parameters of the route, and the namespace
 * @param dryRun whether nothing was to change
 * @param status of the answer
 * @param code of the problem; null if there was none
 * @param index of the change; 0 if nothing changed
 * @param source the address of the caller
 * @param traceId of the request
 */
public record AuditEvent(
        Instant time,
        @Nullable String identity,
        @Nullable String tokenId,
        String operation,
        Map<String, String> target,
        boolean dryRun,
        int status,
        @Nullable String code,
        long index,
        String source,
        String traceId) {

    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;
    private static final int FIRST_FAILURE = 400;

    /** Copies the target. */
    public AuditEvent {
        target = Map.copyOf(target);
    }

    /**
     * Tells whether the caller was refused for who he is, or for who he is not.
     *
     * @return true for 401 and 403
     */
    public boolean isDenied() {
        return status == UNAUTHENTICATED || status == FORBIDDEN;
    }

    /**
     * Returns how it ended, in a word.
     *
     * @return {@code allowed}, {@code denied} or {@code failed}
     */
    public String result() {
        if (isDenied()) {
            return "denied";
        }
        return status < FIRST_FAILURE ? "allowed" : "failed";
    }
}
