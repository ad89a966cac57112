package io.rollcall.server.http;

import io.javalin.http.Context;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The trace of a request: the caller's by W3C Trace Context, else one of our own. */
final class TraceIds {

    private static final String ATTRIBUTE = "io.rollcall.trace-id";
    private static final Pattern TRACE_PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int TRACE_START = 3;
    private static final int TRACE_END = 35;

    private TraceIds() {}

    /** The caller's trace context; null if there is none that is valid. */
    static @Nullable String traceParent(Context ctx) {
        return traceParent(ctx.req().getHeader("traceparent"));
    }

    private static @Nullable String traceParent(@Nullable String header) {
        return header != null && TRACE_PARENT.matcher(header).matches() ? header : null;
    }

    /** 32 hexadecimal characters, the same for all of one request. */
    static String traceId(Context ctx) {
        String traceParent = traceParent(ctx);
        if (traceParent != null) {
            return traceParent.substring(TRACE_START, TRACE_END);
        }
        String made = ctx.attribute(ATTRIBUTE);
        if (made == null) {
            made = random();
            ctx.attribute(ATTRIBUTE, made);
        }
        return made;
    }

    /** The trace of a request that comes once for each; the header may be missing. */
    static String traceId(@Nullable String traceParentHeader) {
        String traceParent = traceParent(traceParentHeader);
        return traceParent == null ? random() : traceParent.substring(TRACE_START, TRACE_END);
    }

    static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return String.format("%016x%016x", random.nextLong() | 1, random.nextLong());
    }
}
