package io.rollcall.api.error;

import java.util.Locale;

/** What can go wrong: a stable code, its HTTP status, and what a caller may do about it. */
public enum ErrorCode {
    /** Fields break rules; each is named. */
    INVALID_REQUEST(400, "Request is invalid", RetryAdvice.NEVER),
    /** No token, or a wrong one. */
    UNAUTHENTICATED(401, "Caller is not authenticated", RetryAdvice.NEVER),
    /** More is stored than is allowed; the limit is named. */
    QUOTA_EXCEEDED(403, "Quota is exceeded", RetryAdvice.NEVER),
    /** The token lacks a permission, which is named. */
    PERMISSION_DENIED(403, "Permission is missing", RetryAdvice.NEVER),
    /** Another identity owns the instance. */
    NOT_OWNER(403, "Instance is owned by another identity", RetryAdvice.NEVER),
    /** No such path. */
    NOT_FOUND(404, "No such resource", RetryAdvice.NEVER),
    /** The instance is not registered. */
    INSTANCE_NOT_FOUND(404, "Instance is not registered", RetryAdvice.NEVER),
    /** No such stream; its reader watches anew. */
    SUBSCRIPTION_NOT_FOUND(404, "Stream is not open", RetryAdvice.NEVER),
    /** The configuration key is not there. */
    CONFIG_NOT_FOUND(404, "Configuration key is not there", RetryAdvice.NEVER),
    /** The version of the configuration key is not kept. */
    VERSION_NOT_FOUND(404, "Version is not kept", RetryAdvice.NEVER),
    /** The token is not there. */
    TOKEN_NOT_FOUND(404, "Token is not there", RetryAdvice.NEVER),
    /** The policy is not there. */
    POLICY_NOT_FOUND(404, "Policy is not there", RetryAdvice.NEVER),
    /** The path exists, the method does not. */
    METHOD_NOT_ALLOWED(405, "Method is not allowed", RetryAdvice.NEVER),
    /** The body did not arrive in time; nothing was done. */
    REQUEST_TIMEOUT(408, "Request took too long to arrive", RetryAdvice.LATER),
    /** The id is taken; the holder is named. */
    INSTANCE_ALREADY_EXISTS(409, "Instance already exists", RetryAdvice.NEVER),
    /** A live instance at another address holds the id. */
    INSTANCE_ADDRESS_CONFLICT(409, "Instance id is held at another address", RetryAdvice.NEVER),
    /** More would be removed than goes without a confirmation. */
    CONFIRMATION_REQUIRED(409, "Confirmation is required", RetryAdvice.NEVER),
    /** An atomic batch holds an item that was refused; nothing was applied. */
    BATCH_REFUSED(409, "Atomic batch was refused", RetryAdvice.NEVER),
    /** The policy is built in, and can be neither changed nor deleted. */
    POLICY_BUILT_IN(409, "Policy is built in", RetryAdvice.NEVER),
    /** What the request was meant for was replaced by a newer incarnation. */
    STALE_INCARNATION(410, "Incarnation is stale", RetryAdvice.NEVER),
    /** {@code If-Match} did not match. */
    PRECONDITION_FAILED(412, "Precondition failed", RetryAdvice.NEVER),
    /** The body is over its limit. */
    TOO_LARGE(413, "Request is too large", RetryAdvice.NEVER),
    /** The path and query are over their limit. */
    URI_TOO_LONG(414, "Request URI is too long", RetryAdvice.NEVER),
    /** The body is not JSON. */
    UNSUPPORTED_MEDIA_TYPE(415, "Media type is not supported", RetryAdvice.NEVER),
    /** The request id was used for another request. */
    IDEMPOTENCY_KEY_REUSED(422, "Idempotency key was used for another request", RetryAdvice.NEVER),
    /** Too many requests. */
    RATE_LIMITED(429, "Rate limit is reached", RetryAdvice.LATER),
    /** The headers are over their limit. */
    HEADERS_TOO_LARGE(431, "Headers are too large", RetryAdvice.NEVER),
    /** A fault of the server's own. */
    INTERNAL_ERROR(500, "Internal error", RetryAdvice.ELSEWHERE),
    /** No leader answers; nothing was done. */
    NO_LEADER(503, "Cluster has no leader", RetryAdvice.ELSEWHERE),
    /** The node has not caught up. */
    NOT_READY(503, "Node is not ready", RetryAdvice.ELSEWHERE),
    /** The node sheds load; nothing was done. */
    OVERLOADED(503, "Node is overloaded", RetryAdvice.LATER),
    /** The write may have happened. */
    OUTCOME_UNKNOWN(504, "Outcome is unknown", RetryAdvice.SAME_REQUEST);

    private final String wireName;
    private final int status;
    private final String title;
    private final RetryAdvice retryAdvice;

    ErrorCode(int status, String title, RetryAdvice retryAdvice) {
        this.wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.status = status;
        this.title = title;
        this.retryAdvice = retryAdvice;
    }

    /**
     * Returns the kebab-case code.
     *
     * @return such as {@code instance-not-found}
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Returns the HTTP status.
     *
     * @return 400 to 504
     */
    public int status() {
        return status;
    }

    /**
     * Returns the title of RFC 9457: the same for each occurrence.
     *
     * @return a short sentence part
     */
    public String title() {
        return title;
    }

    /**
     * Returns what a caller may do.
     *
     * @return the advice
     */
    public RetryAdvice retryAdvice() {
        return retryAdvice;
    }
}
