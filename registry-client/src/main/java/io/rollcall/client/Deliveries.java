package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client tells by OpenTelemetry of the changes that a watch delivers: one span for each whose trace the registry says
 * is sampled, below the registry's own. Thread-safe.
 */
final class Deliveries {

    /** The name of the spans. */
    static final String SPAN = "rollcall.client.apply";

    static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("rollcall.namespace");
    static final AttributeKey<String> SERVICE = AttributeKey.stringKey("rollcall.service.name");
    static final AttributeKey<String> PREFIX = AttributeKey.stringKey("rollcall.config.prefix");
    static final AttributeKey<Long> INDEX = AttributeKey.longKey("rollcall.index");

    private static final String TRACE_PARENT = "traceparent";

    private final Tracer tracer;

    Deliveries(OpenTelemetry openTelemetry) {
        tracer = openTelemetry.getTracer(CallTelemetry.SCOPE);
    }

    /** Takes an event. */
    interface Taking {

        void run() throws IOException;
    }

    /** Takes an event within the span that tells of it, if there is to be one. */
    void take(JsonNode data, Taking taking) throws IOException {
        SpanContext told = told(data);
        if (!told.isSampled()) {
            taking.run();
            return;
        }
        Span span = begin(data, told);
        Scope scope = span.makeCurrent();
        try {
            taking.run();
        } catch (IOException | RuntimeException e) {
            span.recordException(e);
            span.setStatus(StatusCode.ERROR);
            throw e;
        } finally {
            scope.close();
            span.end();
        }
    }

    private Span begin(JsonNode data, SpanContext told) {
        // Nobody's but the registry's: what is current on this thread has not led to the change.
        Span span = tracer.spanBuilder(SPAN)
                .setParent(Context.root().with(Span.wrap(told)))
                .setSpanKind(SpanKind.CONSUMER)
                .startSpan();
        tell(span, NAMESPACE, data.path("namespace").textValue());
        tell(span, SERVICE, data.path("service").textValue());
        tell(span, PREFIX, data.path("prefix").textValue());
        return span.setAttribute(INDEX, data.path("to").asLong());
    }

    private static void tell(Span span, AttributeKey<String> key, @Nullable String value) {
        if (value != null) {
            span.setAttribute(key, value);
        }
    }

    /** Invalid if the event says nothing, or nothing that can be read. */
    private static SpanContext told(JsonNode data) {
        String traceParent = data.path(TRACE_PARENT).textValue();
        if (traceParent == null) {
            return SpanContext.getInvalid();
        }
        Context extracted = W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), Map.of(TRACE_PARENT, traceParent), Getter.INSTANCE);
        return Span.fromContext(extracted).getSpanContext();
    }

    private enum Getter implements TextMapGetter<Map<String, String>> {
        INSTANCE;

        @Override
        @SuppressWarnings("deprecation") // it is abstract all the same
        public Iterable<String> keys(Map<String, String> carrier) {
            return List.copyOf(carrier.keySet());
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    }
}
