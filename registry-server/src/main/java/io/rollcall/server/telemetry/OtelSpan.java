package io.rollcall.server.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.rollcall.server.trace.OpenSpan;
import io.rollcall.server.trace.SpanKeys;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A span of OpenTelemetry that goes on. */
final class OtelSpan implements OpenSpan {

    private final Span span;

    OtelSpan(Span span) {
        this.span = span;
    }

    /** The wall clock at a time of {@link System#nanoTime}, nanoseconds since 1970. */
    static long epochNanos(long nanos) {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - (System.nanoTime() - nanos);
    }

    @Override
    public String traceParent() {
        SpanContext context = span.getSpanContext();
        return "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                + context.getTraceFlags().asHex();
    }

    @Override
    public void rename(String name) {
        span.updateName(name);
    }

    @Override
    public OpenSpan set(String key, @Nullable String value) {
        if (value != null) {
            span.setAttribute(key, value);
        }
        return this;
    }

    @Override
    public OpenSpan set(String key, long value) {
        span.setAttribute(key, value);
        return this;
    }

    @Override
    public void event(String name, String key, String value) {
        span.addEvent(name, Attributes.of(AttributeKey.stringKey(key), value));
    }

    @Override
    public void fail(String type, @Nullable String detail) {
        span.setAttribute(SpanKeys.ERROR_TYPE, type);
        span.setStatus(StatusCode.ERROR, detail == null ? "" : detail);
    }

    @Override
    public void end() {
        span.end();
    }

    @Override
    public void end(long nanos) {
        span.end(epochNanos(nanos), TimeUnit.NANOSECONDS);
    }
}
