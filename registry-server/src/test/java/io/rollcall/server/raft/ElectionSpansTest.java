package io.rollcall.server.raft;

import static io.rollcall.server.telemetry.RecordedSpans.attributes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.rollcall.server.telemetry.RecordedSpans;
import io.rollcall.server.trace.SpanNames;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ElectionSpansTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long HALF = TimeUnit.MILLISECONDS.toNanos(500);

    private final RecordedSpans recorded = new RecordedSpans(Sampler.parentBased(Sampler.traceIdRatioBased(1e-12)));
    private final FakeRaft raft = new FakeRaft();
    private final ElectionSpans elections = new ElectionSpans(recorded.tracing(), raft);

    @AfterEach
    void close() {
        recorded.close();
    }

    @Test
    void timeWithoutALeaderIsToldByWhoeverFollows() {
        long now = System.nanoTime();
        raft.leader = null;
        elections.tick(now - 3 * SECOND);
        elections.tick(now - 2 * SECOND);

        raft.leader = "n2";
        raft.term = 4;
        elections.follows("n2");

        var span = recorded.one(SpanNames.ELECTION);
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(span.getEndEpochNanos() - span.getStartEpochNanos()).isCloseTo(3 * SECOND, within(HALF));
        assertThat(attributes(span))
                .containsEntry("rollcall.outcome", "follows")
                .containsEntry("rollcall.leader", "n2")
                .containsEntry("rollcall.term", "4");
    }

    @Test
    void nextElectionBeginsWhenTheLeaderWasSeenLast() {
        long now = System.nanoTime();
        raft.leader = "n2";
        elections.tick(now - 9 * SECOND);
        elections.follows("n2");
        elections.tick(now - 4 * SECOND);
        raft.leader = null;
        elections.tick(now - 3 * SECOND);

        raft.leader = raft.self();
        elections.tick(now - 2 * SECOND);
        elections.leads(5);

        var span = recorded.named(SpanNames.ELECTION).get(1);
        assertThat(span.getEndEpochNanos() - span.getStartEpochNanos()).isCloseTo(4 * SECOND, within(HALF));
        assertThat(attributes(span))
                .containsEntry("rollcall.outcome", "leads")
                .containsEntry("rollcall.leader", raft.self())
                .containsEntry("rollcall.term", "5");
    }
}
