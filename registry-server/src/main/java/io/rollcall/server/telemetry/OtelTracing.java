package io.rollcall.server.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.rollcall.server.trace.OpenSpan;
import io.rollcall.server.trace.SpanName;
import io.rollcall.server.trace.TraceParents;
import io.rollcall.server.trace.Tracing;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells of the work of a node by OpenTelemetry. What is sampled, its SDK decides. */
public final class OtelTracing implements Tracing {

    private static final String SCOPE = "io.rollcall.server";
    private static final int FLAGS_START = 53;

    private final Tracer tracer;
    private final Roots roots;

    /**
     * Tells by an SDK.
     *
     * @param openTelemetry it
     * @param roots what it samples where no caller has decided
     */
    public OtelTracing(OpenTelemetry openTelemetry, Roots roots) {
        this.tracer = openTelemetry.getTracer(SCOPE);
        this.roots = roots;
    }

    @Override
    public @Nullable OpenSpan serve(String method, @Nullable String traceParent, @Nullable String traceState) {
        @Nullable Context parent;
        if (traceParent == null) {
            parent = roots.draw();
            if (parent == null) {
                return null;
            }
        } else if (roots.followCallers() && !TraceParents.isSampled(traceParent)) {
            return null;
        } else {
            parent = callers(traceParent, traceState);
        }
        Span span = tracer.spanBuilder(method)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .startSpan();
        return opened(span);
    }

    /** What an invalid trace state is worth, the propagator knows. */
    private static Context callers(String traceParent, @Nullable String traceState) {
        return traceState == null
                ? Context.root().with(Span.wrap(remote(traceParent)))
                : W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), new Headers(traceParent, traceState), Headers.GETTER);
    }

    @Override
    public @Nullable OpenSpan below(SpanName name, @Nullable String traceParent, List<String> links, long startNanos) {
        if (traceParent == null || !TraceParents.isSampled(traceParent)) {
            return null;
        }
        return begun(name, Context.root().with(Span.wrap(remote(traceParent))), links, startNanos);
    }

    @Override
    public @Nullable OpenSpan below(SpanName name, @Nullable String traceParent) {
        // Before the clock is read: mostly nothing is sampled.
        return TraceParents.isSampled(traceParent) ? below(name, traceParent, List.of(), System.nanoTime()) : null;
    }

    @Override
    public @Nullable OpenSpan root(SpanName name, List<String> links, long startNanos) {
        @Nullable Context parent = roots.draw(name);
        return parent == null ? null : begun(name, parent, links, startNanos);
    }

    private @Nullable OpenSpan begun(SpanName name, Context parent, List<String> links, long startNanos) {
        SpanBuilder builder = tracer.spanBuilder(name.text())
                .setParent(parent)
                .setSpanKind(kind(name.kind()))
                .setStartTimestamp(OtelSpan.epochNanos(startNanos), TimeUnit.NANOSECONDS);
        for (String link : links) {
            builder.addLink(remote(link));
        }
        return opened(builder.startSpan());
    }

    private static @Nullable OpenSpan opened(Span span) {
        return span.getSpanContext().isSampled() ? new OtelSpan(span) : null;
    }

    private static SpanContext remote(String traceParent) {
        return SpanContext.createFromRemoteParent(
                TraceParents.traceId(traceParent),
                TraceParents.spanId(traceParent),
                TraceFlags.fromHex(traceParent, FLAGS_START),
                TraceState.getDefault());
    }

    private static SpanKind kind(SpanName.Kind kind) {
        return switch (kind) {
            case SERVER -> SpanKind.SERVER;
            case CLIENT -> SpanKind.CLIENT;
            case PRODUCER -> SpanKind.PRODUCER;
            case INTERNAL -> SpanKind.INTERNAL;
        };
    }

    private record Headers(String traceParent, String traceState) {

        private static final TextMapGetter<Headers> GETTER = new TextMapGetter<>() {
            @Override
            @SuppressWarnings("deprecation") // it is abstract all the same
            public Iterable<String> keys(Headers headers) {
                return List.of("traceparent", "tracestate");
            }

            @Override
            public @Nullable String get(@Nullable Headers headers, String key) {
                if (headers == null) {
                    return null;
                }
                return switch (key) {
                    case "traceparent" -> headers.traceParent;
                    case "tracestate" -> headers.traceState;
                    default -> null;
                };
            }
        };
    }
}
