package io.rollcall.client;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.rollcall.api.error.ErrorCode;
import io.rollcall.client.answer.Refusal;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The span of one call, with an event for each attempt. Thread-safe. */
final class CallSpan {

    /** For codes of a newer registry, so that a label has few values. */
    private static final String OTHER = "_OTHER";

    private final Call<?> call;
    private final CallTelemetry telemetry;
    private final Span span;
    private final Context context;
    private final Map<String, String> headers;
    // Guarded by this.
    private @Nullable URI last;
    private @Nullable Attempt lastAttempt;
    private int attempts;

    CallSpan(Call<?> call, CallTelemetry telemetry, Span span, Context context) {
        this.call = call;
        this.telemetry = telemetry;
        this.span = span;
        this.context = context;
        this.headers = traceContext(context);
    }

    // Not the propagators that are set: a registry reads W3C's header alone, and baggage is none of its business.
    private static Map<String, String> traceContext(Context context) {
        if (!Span.fromContext(context).getSpanContext().isValid()) {
            return Map.of();
        }
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(context, headers, (all, name, value) -> {
            if (all != null) {
                all.put(name, value);
            }
        });
        return headers;
    }

    /** What each attempt carries, so that the servers' spans are below this one. */
    Map<String, String> headers() {
        return headers;
    }

    /** Does something with this span as the current one. */
    <V> V inside(Supplier<V> work) {
        return context.wrapSupplier(work).get();
    }

    synchronized void attempted(URI server, Attempt attempt, long nanos) {
        if (last != null && !last.equals(server)) {
            telemetry
                    .failovers()
                    .add(1, Attributes.of(CallTelemetry.OPERATION, call.route().operation()), context);
        }
        last = server;
        lastAttempt = attempt;
        attempts++;
        Attributes told = attributes(server, attempt);
        if (span.isRecording()) {
            String detail = detail(attempt);
            span.addEvent(
                    "attempt",
                    detail == null
                            ? told
                            : told.toBuilder().put(CallTelemetry.DETAIL, detail).build());
        }
        Attributes labels = told.toBuilder()
                .put(CallTelemetry.METHOD, call.route().method())
                .put(CallTelemetry.TEMPLATE, call.route().template())
                .build();
        telemetry.attempts().record(nanos / (double) TimeUnit.SECONDS.toNanos(1), labels, context);
    }

    private static Attributes attributes(URI server, Attempt attempt) {
        AttributesBuilder builder = Attributes.builder()
                .put(CallTelemetry.SERVER, server.getHost())
                .put(CallTelemetry.PORT, (long) port(server));
        if (attempt instanceof Attempt.Answered answered) {
            builder.put(CallTelemetry.STATUS, (long) answered.status());
            if (answered.status() >= HttpURLConnection.HTTP_BAD_REQUEST) {
                builder.put(CallTelemetry.ERROR_TYPE, Integer.toString(answered.status()));
            }
        } else {
            builder.put(CallTelemetry.ERROR_TYPE, attempt instanceof Attempt.NotSent ? "not-sent" : "broken");
        }
        return builder.build();
    }

    void ended(Outcome<?> outcome) {
        end(end(outcome));
    }

    /** The call ended by a mistake, of the caller or of ours. */
    void failed(Throwable failure) {
        span.recordException(failure);
        end(new End("failed", failure.getClass().getName(), failure.toString()));
    }

    /** What is told of how a call ended; without an error where there is none. */
    private record End(
            String outcome,
            @Nullable String errorType,
            @Nullable String detail) {}

    private static <T> End end(Outcome<T> outcome) {
        return outcome.match(new Outcome.Cases<T, End>() {
            @Override
            public End done(Outcome.Done<T> done) {
                return new End("done", null, null);
            }

            @Override
            public End refused(Outcome.Refused<T> refused) {
                Refusal refusal = refused.refusal();
                String code = refusal.known().map(ErrorCode::wireName).orElse(OTHER);
                return new End("refused", code, refusal.toString());
            }

            @Override
            public End unanswered(Outcome.Unanswered<T> unanswered) {
                return new End("unanswered", "unanswered", unanswered.detail());
            }

            @Override
            public End unknown(Outcome.Unknown<T> unknown) {
                return new End("unknown", "unknown", unknown.detail());
            }
        });
    }

    private synchronized void end(End end) {
        AttributesBuilder labels = Attributes.builder()
                .put(CallTelemetry.OPERATION, call.route().operation())
                .put(CallTelemetry.OUTCOME, end.outcome());
        span.setAttribute(CallTelemetry.OUTCOME, end.outcome());
        if (end.errorType() != null) {
            labels.put(CallTelemetry.ERROR_TYPE, end.errorType());
            span.setAttribute(CallTelemetry.ERROR_TYPE, end.errorType());
            span.setStatus(StatusCode.ERROR, end.detail() == null ? "" : end.detail());
        }
        if (last != null && lastAttempt != null) {
            // An error of the last attempt is told by how the call ended.
            span.setAllAttributes(attributes(last, lastAttempt).toBuilder()
                            .remove(CallTelemetry.ERROR_TYPE)
                            .build())
                    .setAttribute(CallTelemetry.URL, last + call.target())
                    .setAttribute(CallTelemetry.RESENDS, (long) attempts - 1);
        }
        telemetry.calls().add(1, labels.build(), context);
        span.end();
    }

    private static @Nullable String detail(Attempt attempt) {
        if (attempt instanceof Attempt.NotSent notSent) {
            return notSent.detail();
        }
        return attempt instanceof Attempt.Broken broken ? broken.detail() : null;
    }

    private static int port(URI server) {
        if (server.getPort() >= 0) {
            return server.getPort();
        }
        return "https".equals(server.getScheme()) ? 443 : 80;
    }
}
