package io.rollcall.server.leader;

import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.Registration;
import io.rollcall.server.probe.HealthProbe;
import io.rollcall.server.probe.Outcome;
import io.rollcall.server.probe.ProbeResult;
import io.rollcall.server.trace.OpenSpan;
import io.rollcall.server.trace.SpanKeys;
import io.rollcall.server.trace.SpanNames;
import io.rollcall.server.trace.Tracing;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Tells of those probes that are sampled. */
public final class TracedProbe implements HealthProbe {

    private final HealthProbe probe;
    private final Tracing tracing;

    /**
     * A probe that is told of.
     *
     * @param probe asks
     * @param tracing takes the spans
     */
    public TracedProbe(HealthProbe probe, Tracing tracing) {
        this.probe = probe;
        this.tracing = tracing;
    }

    @Override
    public CompletableFuture<ProbeResult> probe(Registration registration) {
        OpenSpan span = tracing == Tracing.NONE ? null : tracing.root(SpanNames.CHECK, List.of(), System.nanoTime());
        if (span == null) {
            return probe.probe(registration);
        }
        HealthCheck check = registration.healthCheck();
        span.set(SpanKeys.NAMESPACE, registration.key().service().namespace().value())
                .set(SpanKeys.SERVICE_NAME, registration.key().service().name().value())
                .set(SpanKeys.INSTANCE_ID, registration.key().id().value())
                .set(SpanKeys.CHECK, check == null ? null : check.type().wireName());
        return probe.probe(registration).thenApply(result -> {
            String outcome = result.outcome().name().toLowerCase(Locale.ROOT);
            span.set(SpanKeys.OUTCOME, outcome);
            if (result.outcome() == Outcome.BAD) {
                span.fail(outcome, result.reason());
            }
            span.end();
            return result.of(span.traceParent());
        });
    }
}
