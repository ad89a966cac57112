package io.rollcall.server.http;

import io.rollcall.server.trace.OpenSpan;
import io.rollcall.server.trace.Tracing;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** Gives those requests a span that are sampled, and nothing to the others. */
final class RequestSpans {

    private final Tracing tracing;
    private @Nullable RouteTable table;

    RequestSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    /** To be called before anything is served. */
    void routes(RouteTable routes) {
        table = routes;
    }

    /** Where the spans go. */
    Tracing tracing() {
        return tracing;
    }

    /** Begins the span of a request, if it is sampled. */
    void begin(Request request, Response response) {
        RouteTable routes = table;
        if (tracing == Tracing.NONE || routes == null) {
            return;
        }
        HttpFields headers = request.getHeaders();
        String traceParent = TraceIds.callers(headers);
        String method = RequestSpan.knownMethod(request.getMethod());
        OpenSpan open = tracing.serve(method, traceParent, traceParent == null ? null : traceState(headers));
        if (open != null) {
            RequestSpan.begin(open, routes, request, response);
        }
    }

    /** It may come in several lines. */
    private static @Nullable String traceState(HttpFields headers) {
        return headers.contains("tracestate") ? String.join(",", headers.getValuesList("tracestate")) : null;
    }
}
