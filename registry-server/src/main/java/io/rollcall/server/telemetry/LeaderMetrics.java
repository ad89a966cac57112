package io.rollcall.server.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.rollcall.server.app.PropagationObserver;
import io.rollcall.server.leader.Canary;
import io.rollcall.server.leader.LeaderDuties;
import io.rollcall.server.leader.LeaderFigures;
import io.rollcall.server.probe.MeasuredProbe;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Measures what a node does while it leads. */
final class LeaderMetrics {

    private final Instruments instruments;

    LeaderMetrics(Instruments instruments) {
        this.instruments = instruments;
    }

    void duties(LeaderDuties duties) {
        instruments.gaugeEach(MetricNames.LEASES, points -> {
            LeaderFigures now = duties.figures();
            points.add(now.running(), "running");
            points.add(now.late(), "late");
            points.add(now.held(), "held");
            points.add(now.overdue(), "overdue");
        });
        instruments.gaugeEach(MetricNames.CHECKED, points -> {
            LeaderFigures now = duties.figures();
            points.add(now.watched(), "watched");
            points.add(now.failing(), "failing");
            points.add(now.checksHeld(), "held");
        });
        instruments.gauge(MetricNames.REMOVALS_PENDING, () -> duties.figures().removalsPending());
        instruments.gauge(MetricNames.HOLDING, () -> duties.figures().isHolding() ? 1 : 0);
        instruments.count(MetricNames.EXPIRIES, () -> duties.figures().counts().lapsed());
        instruments.count(MetricNames.REMOVALS, () -> duties.figures().counts().removed());
        instruments.count(MetricNames.HOLDS, () -> duties.figures().counts().holds());
        instruments.count(MetricNames.DOUBTS, () -> duties.figures().counts().pauses());
        instruments.countEach(MetricNames.VERDICTS, points -> {
            LeaderFigures.Counts counts = duties.figures().counts();
            points.add(counts.taken(), "taken");
            points.add(counts.fenced(), "fenced");
        });
        instruments.count(MetricNames.CHECK_VERDICTS, () -> duties.figures().criticals());
    }

    void checks(MeasuredProbe probe) {
        instruments.count(MetricNames.CHECKS_MADE, probe::made);
        instruments.count(MetricNames.CHECKS_FAILED, probe::failed);
        instruments.time(MetricNames.CHECK_LATENCY, probe.nanos());
    }

    void canary(Canary canary) {
        DoubleHistogram delays = instruments.seconds(MetricNames.PROPAGATION);
        // As many as there were members.
        Map<String, Attributes> nodes = new ConcurrentHashMap<>();
        Map<String, LongAdder> missed = new ConcurrentHashMap<>();
        instruments.countEach(
                MetricNames.PROPAGATION_MISSED,
                points -> missed.forEach((node, count) -> points.add(count.sum(), node)));
        canary.observe(new PropagationObserver() {
            @Override
            public void told(String node, long nanos, @Nullable String traceParent) {
                missed.computeIfAbsent(node, unknown -> new LongAdder());
                delays.record(
                        Instruments.seconds(nanos),
                        nodes.computeIfAbsent(node, unknown -> Instruments.attributes(MetricNames.PROPAGATION, node)),
                        Instruments.context(traceParent));
            }

            @Override
            public void missed(String node) {
                missed.computeIfAbsent(node, unknown -> new LongAdder()).increment();
            }
        });
    }
}
