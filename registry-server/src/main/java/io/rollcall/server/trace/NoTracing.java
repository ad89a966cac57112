package io.rollcall.server.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells nothing. */
final class NoTracing implements Tracing {

    @Override
    public @Nullable OpenSpan serve(String method, @Nullable String traceParent, @Nullable String traceState) {
        return null;
    }

    @Override
    public @Nullable OpenSpan below(SpanName name, @Nullable String traceParent, List<String> links, long startNanos) {
        return null;
    }

    @Override
    public @Nullable OpenSpan below(SpanName name, @Nullable String traceParent) {
        return null;
    }

    @Override
    public @Nullable OpenSpan root(SpanName name, List<String> links, long startNanos) {
        return null;
    }
}
