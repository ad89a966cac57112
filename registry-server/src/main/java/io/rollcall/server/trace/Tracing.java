package io.rollcall.server.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the work of a node is told of. What is not sampled has no span at all: every method that begins one returns null
 * then, and costs next to nothing. Thread-safe; no method blocks or throws.
 */
public interface Tracing {

    /** Tells nothing. */
    Tracing NONE = new NoTracing();

    /**
     * Begins the span of a request.
     *
     * @param method of the request, as its name until the route is known
     * @param traceParent the caller's, valid; null if there is none
     * @param traceState the caller's, as it came; passed over if it is not valid
     * @return null unless it is sampled
     */
    @Nullable
    OpenSpan serve(String method, @Nullable String traceParent, @Nullable String traceState);

    /**
     * Begins a span below another one, of this or of another process.
     *
     * @param name its kind
     * @param traceParent of the other one; null if there is none
     * @param links to spans that it continues as well, by their trace parents
     * @param startNanos when it began, by {@link System#nanoTime}
     * @return null unless the other one is sampled
     */
    @Nullable
    OpenSpan below(SpanName name, @Nullable String traceParent, List<String> links, long startNanos);

    /**
     * Begins the first span of a trace.
     *
     * @param name its kind; those in {@link SpanNames#ALWAYS} are sampled unless nothing is
     * @param links to spans that led to it, by their trace parents
     * @param startNanos when it began, by {@link System#nanoTime}
     * @return null unless it is sampled
     */
    @Nullable
    OpenSpan root(SpanName name, List<String> links, long startNanos);

    /**
     * Begins a span below another one, now.
     *
     * @param name its kind
     * @param traceParent of the other one; null if there is none
     * @return null unless the other one is sampled
     */
    @Nullable
    OpenSpan below(SpanName name, @Nullable String traceParent);
}
