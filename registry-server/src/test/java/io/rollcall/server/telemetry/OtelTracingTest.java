package io.rollcall.server.telemetry;

import static io.rollcall.server.telemetry.RecordedSpans.SAMPLED;
import static io.rollcall.server.telemetry.RecordedSpans.SPAN;
import static io.rollcall.server.telemetry.RecordedSpans.TRACE;
import static io.rollcall.server.telemetry.RecordedSpans.UNSAMPLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.rollcall.server.trace.OpenSpan;
import io.rollcall.server.trace.SpanNames;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OtelTracingTest {

    private final RecordedSpans spans = new RecordedSpans();

    @AfterEach
    void close() {
        spans.close();
    }

    @Test
    void requestIsAServerSpanBelowItsCallers() {
        OpenSpan span = spans.tracing().serve("GET", SAMPLED, "vendor=a,other=b");
        span.rename("GET /x");
        span.set("n", 7).set("t", "v").set("none", null);
        span.end();

        SpanData told = spans.all().get(0);
        assertThat(told.getName()).isEqualTo("GET /x");
        assertThat(told.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(told.getTraceId()).isEqualTo(TRACE);
        assertThat(told.getParentSpanId()).isEqualTo(SPAN);
        assertThat(told.getParentSpanContext().isRemote()).isTrue();
        assertThat(told.getSpanContext().getTraceState().asMap())
                .containsEntry("vendor", "a")
                .containsEntry("other", "b");
        assertThat(RecordedSpans.attributes(told))
                .containsEntry("n", "7")
                .containsEntry("t", "v")
                .doesNotContainKey("none");
        assertThat(span.traceParent()).isEqualTo("00-" + TRACE + "-" + told.getSpanId() + "-01");
    }

    @Test
    void traceStateThatIsNotValidIsPassedOver() {
        spans.tracing().serve("GET", SAMPLED, "not a=valid one,,=").end();

        SpanData told = spans.all().get(0);
        assertThat(told.getParentSpanId()).isEqualTo(SPAN);
        assertThat(told.getSpanContext().getTraceState().isEmpty()).isTrue();
    }

    @Test
    void whatIsNotSampledHasNoSpan() {
        assertThat(spans.tracing().serve("GET", UNSAMPLED, null)).isNull();
        assertThat(spans.tracing().serve("GET", null, null)).isNull();
        assertThat(spans.tracing().below(SpanNames.PROPOSE, UNSAMPLED)).isNull();
        assertThat(spans.tracing().below(SpanNames.PROPOSE, null)).isNull();
        assertThat(spans.tracing().root(SpanNames.CANARY, List.of(), 0)).isNull();
    }

    @Test
    void workThatIsOverIsToldWithItsTimesAndLinks() {
        long now = System.nanoTime();
        long wall = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());

        OpenSpan span = spans.tracing()
                .below(
                        SpanNames.NOTIFY,
                        SAMPLED,
                        List.of("00-11112222333344445555666677778888-1234567812345678-01"),
                        now - TimeUnit.SECONDS.toNanos(3));
        span.fail("no-leader", "nobody leads");
        span.end(now - TimeUnit.SECONDS.toNanos(1));

        SpanData told = spans.all().get(0);
        assertThat(told.getName()).isEqualTo("rollcall.watch.notify");
        assertThat(told.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(told.getParentSpanId()).isEqualTo(SPAN);
        assertThat(told.getLinks())
                .extracting(LinkData::getSpanContext)
                .extracting("traceId")
                .containsExactly("11112222333344445555666677778888");
        assertThat(told.getEndEpochNanos() - told.getStartEpochNanos())
                .isCloseTo(
                        TimeUnit.SECONDS.toNanos(2),
                        org.assertj.core.data.Offset.offset(TimeUnit.MILLISECONDS.toNanos(500)));
        assertThat(told.getStartEpochNanos())
                .isCloseTo(
                        wall - TimeUnit.SECONDS.toNanos(3),
                        org.assertj.core.data.Offset.offset(TimeUnit.SECONDS.toNanos(1)));
        assertThat(told.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(told.getStatus().getDescription()).isEqualTo("nobody leads");
        assertThat(RecordedSpans.attributes(told)).containsEntry("error.type", "no-leader");
    }

    @Test
    void rareWorkIsToldWhateverTheRatio() {
        try (RecordedSpans few = new RecordedSpans(Sampler.parentBased(Sampler.traceIdRatioBased(1e-12)))) {
            few.tracing().root(SpanNames.ELECTION, List.of(), System.nanoTime()).end();

            assertThat(few.tracing().root(SpanNames.CHECK, List.of(), System.nanoTime()))
                    .isNull();
            assertThat(few.one(SpanNames.ELECTION).getParentSpanContext().isValid())
                    .isFalse();
        }
    }

    @Test
    void samplerThatTheVariablesAskForDecidesOnCallersToo() {
        try (RecordedSpans all = new RecordedSpans(Sampler.alwaysOn())) {
            all.tracing().serve("GET", UNSAMPLED, null).end();
            all.tracing().serve("GET", null, null).end();

            assertThat(all.all()).hasSize(2);
            assertThat(all.all().get(0).getParentSpanId()).isEqualTo(SPAN);
            assertThat(all.all().get(1).getParentSpanContext().isValid()).isFalse();
        }
        try (RecordedSpans none = new RecordedSpans(Sampler.alwaysOff())) {
            assertThat(none.tracing().serve("GET", SAMPLED, null)).isNull();
            assertThat(none.tracing().root(SpanNames.ELECTION, List.of(), 0)).isNull();
        }
    }
}
