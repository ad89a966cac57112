package io.rollcall.server.http;

import io.javalin.http.Context;
import io.rollcall.server.trace.TraceParents;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The trace of a request: that of its span, else the caller's by W3C Trace Context, else one of our own. */
final class TraceIds {

    static final String TRACE_PARENT = "traceparent";

    private static final String ATTRIBUTE = "io.rollcall.trace-id";

    private TraceIds() {}

    /** What the spans below a request continue; null if there is nothing to continue. */
    static @Nullable String traceParent(Context ctx) {
        return traceParent(request(ctx));
    }

    static @Nullable String traceParent(Request request) {
        RequestSpan span = RequestSpan.of(request);
        return span == null ? callers(request.getHeaders()) : span.traceParent();
    }

    /** The caller's trace context; null if there is none, or none that is valid: who sends two has not decided. */
    static @Nullable String callers(HttpFields headers) {
        String found = null;
        for (HttpField field : headers) {
            if (field.getHeader() == null && field.is(TRACE_PARENT)) {
                if (found != null) {
                    return null;
                }
                found = field.getValue();
            }
        }
        return TraceParents.of(found);
    }

    /** 32 hexadecimal characters, the same for all of one request. */
    static String traceId(Context ctx) {
        return traceId(request(ctx));
    }

    static String traceId(Request request) {
        String traceParent = traceParent(request);
        if (traceParent != null) {
            return TraceParents.traceId(traceParent);
        }
        if (request.getAttribute(ATTRIBUTE) instanceof String made) {
            return made;
        }
        String made = random();
        request.setAttribute(ATTRIBUTE, made);
        return made;
    }

    private static Request request(Context ctx) {
        return ServletContextRequest.getServletContextRequest(ctx.req());
    }

    private static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return String.format("%016x%016x", random.nextLong() | 1, random.nextLong());
    }
}
