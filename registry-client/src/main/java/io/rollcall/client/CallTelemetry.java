package io.rollcall.client;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;

/**
 * What a client tells by OpenTelemetry of its calls, and of what its watches hear. Labels of metrics are names of operations, servers and codes, of which
 * there are few; what is registered is in spans alone. Thread-safe.
 */
final class CallTelemetry {

    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("rollcall.operation");
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("rollcall.outcome");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    static final AttributeKey<String> TEMPLATE = AttributeKey.stringKey("url.template");
    static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
    static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    static final AttributeKey<Long> RESENDS = AttributeKey.longKey("http.request.resend_count");
    static final AttributeKey<String> DETAIL = AttributeKey.stringKey("rollcall.detail");

    static final String SCOPE = "io.rollcall.client";
    // Those that the semantic conventions advise for HTTP.
    private static final List<Double> BUCKETS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

    private final Tracer tracer;
    private final Deliveries deliveries;
    private final DoubleHistogram attempts;
    private final LongCounter calls;
    private final LongCounter failovers;

    CallTelemetry(OpenTelemetry openTelemetry) {
        tracer = openTelemetry.getTracer(SCOPE);
        deliveries = new Deliveries(openTelemetry);
        Meter meter = openTelemetry.getMeter(SCOPE);
        // Not http.client.request.duration: an agent that instruments the JDK's client counts the same requests there.
        attempts = meter.histogramBuilder("rollcall.client.attempt.duration")
                .setUnit("s")
                .setDescription("How long one attempt on one server took")
                .setExplicitBucketBoundariesAdvice(BUCKETS)
                .build();
        calls = meter.counterBuilder("rollcall.client.calls")
                .setUnit("{call}")
                .setDescription("Calls that have ended, by how")
                .build();
        failovers = meter.counterBuilder("rollcall.client.failovers")
                .setUnit("{failover}")
                .setDescription("How often a call went on with another server")
                .build();
    }

    /** One that tells nothing. */
    static CallTelemetry none() {
        return new CallTelemetry(OpenTelemetry.noop());
    }

    /** Begins the span of a call, below what is current on this thread. */
    CallSpan start(Call<?> call) {
        Route route = call.route();
        Context parent = Context.current();
        Span span = tracer.spanBuilder(route.method() + " " + route.template())
                .setParent(parent)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(METHOD, route.method())
                .setAttribute(TEMPLATE, route.template())
                .setAttribute(OPERATION, route.operation())
                .startSpan();
        return new CallSpan(call, this, span, parent.with(span));
    }

    /** What is told of changes that a watch delivers. */
    Deliveries deliveries() {
        return deliveries;
    }

    DoubleHistogram attempts() {
        return attempts;
    }

    LongCounter calls() {
        return calls;
    }

    LongCounter failovers() {
        return failovers;
    }
}
