package io.rollcall.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.rollcall.server.trace.OpenSpan;
import io.rollcall.server.trace.SpanNames;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RootsTest {

    private static final int REQUESTS = 40_000;

    /** By the trace id it would sample nothing: whatever has a span was drawn. */
    private static final Sampler BY_ID = Sampler.parentBased(Sampler.traceIdRatioBased(1e-12));

    @Test
    void shareOfTheRequestsIsDrawn() {
        try (RecordedSpans quarter = new RecordedSpans(Roots.of(BY_ID, 0.25))) {
            long sampled =
                    IntStream.range(0, REQUESTS).filter(i -> isSampled(quarter)).count();

            // Ten standard deviations of a binomial distribution.
            assertThat(sampled).isBetween(REQUESTS / 4L - 866, REQUESTS / 4L + 866);
            assertThat(quarter.all())
                    .hasSize((int) sampled)
                    .allMatch(span -> span.getSpanContext().isSampled());
        }
    }

    @Test
    void allOrNothingIsThat() {
        try (RecordedSpans all = new RecordedSpans(Roots.of(BY_ID, 1));
                RecordedSpans none = new RecordedSpans(Roots.of(BY_ID, 0))) {
            for (int i = 0; i < 100; i++) {
                assertThat(isSampled(all)).isTrue();
                assertThat(isSampled(none)).isFalse();
            }
        }
    }

    @Test
    void rareWorkIsNotDrawn() {
        try (RecordedSpans none = new RecordedSpans(Roots.of(BY_ID, 0))) {
            none.tracing().root(SpanNames.CANARY, List.of(), System.nanoTime()).end();

            assertThat(none.tracing().root(SpanNames.CHECK, List.of(), System.nanoTime()))
                    .isNull();
            assertThat(none.one(SpanNames.CANARY).getParentSpanContext().isValid())
                    .isFalse();
        }
    }

    private static boolean isSampled(RecordedSpans spans) {
        OpenSpan span = spans.tracing().serve("GET", null, null);
        if (span == null) {
            return false;
        }
        span.end();
        return true;
    }
}
