package io.rollcall.server.app;

import org.jspecify.annotations.Nullable;

/** Is told of each request that was answered. */
public interface RequestObserver {

    /** Nobody is told. */
    RequestObserver NONE = (method, route, status, code, nanos, traceParent) -> {};

    /**
     * A request was answered, and its answer was written or broken off. Called by the threads that serve: it must be quick,
     * never block and never throw.
     *
     * @param method of HTTP, as it was sent
     * @param route the template of its path; empty if it came to none
     * @param status of the answer
     * @param code of the problem that it was answered with; null if there was none
     * @param nanos from its first byte to the end of its answer
     * @param traceParent of the span that tells of the request; where none does, the caller's trace as he sent it, and null if he
     *     sent none
     */
    void answered(
            String method, String route, int status, @Nullable String code, long nanos, @Nullable String traceParent);
}
