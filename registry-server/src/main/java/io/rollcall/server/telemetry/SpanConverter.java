package io.rollcall.server.telemetry;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;

/** The span that a line belongs to, if there is one. */
final class SpanConverter extends ClassicConverter {

    @Override
    public String convert(ILoggingEvent event) {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? " trace_id=" + span.getTraceId() + " span_id=" + span.getSpanId() : "";
    }
}
