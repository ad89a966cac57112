package io.rollcall.server.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.watch.WatchCounters;
import io.rollcall.server.watch.WatchCounters.Count;
import io.rollcall.server.watch.WatchHub;

/** Measures how those who follow are told. */
final class WatchMetrics {

    private final Instruments instruments;

    WatchMetrics(Instruments instruments) {
        this.instruments = instruments;
    }

    void hub(WatchHub hub, CatalogView view) {
        instruments.gauge(MetricNames.STREAMS, () -> hub.figures().streams());
        instruments.gauge(MetricNames.WAITING_READS, () -> hub.figures().waits());
        instruments.gauge(MetricNames.FEEDS, () -> hub.figures().feeds());
        instruments.gauge(MetricNames.WATCH_LAG, () -> {
            // The position first: it must not overtake what it is compared with.
            long told = hub.figures().position();
            return Math.max(0, view.current().appliedIndex() - told);
        });
        DoubleHistogram telling = instruments.seconds(MetricNames.TELLING);
        hub.onTold(nanos -> telling.record(Instruments.seconds(nanos), Attributes.empty()));
        WatchCounters counters = hub.counters();
        count(MetricNames.WATCH_EVENTS, counters, Count.EVENTS);
        count(MetricNames.WATCH_SNAPSHOTS, counters, Count.SNAPSHOTS);
        count(MetricNames.WATCH_RESTARTS, counters, Count.RESTARTS);
        count(MetricNames.WATCH_RESUMES, counters, Count.RESUMES);
        count(MetricNames.WATCH_RESUMES_ANEW, counters, Count.RESUMES_BY_SNAPSHOT);
        count(MetricNames.FEEDS_RESET, counters, Count.FEEDS_RESET);
        count(MetricNames.CONFIG_LOOKS, counters, Count.CONFIG_LOOKS);
        count(MetricNames.WATCH_REFUSED, counters, Count.REFUSED);
        instruments.countEach(MetricNames.WAKEUPS, points -> {
            long useless = counters.get(Count.USELESS_WAKEUPS);
            points.add(Math.max(0, counters.get(Count.WAKEUPS) - useless), "true");
            points.add(useless, "false");
        });
        instruments.countEach(MetricNames.WATCH_DROPPED, points -> {
            for (Count count : Count.values()) {
                String reason = count.dropReason();
                if (reason != null) {
                    points.add(counters.get(count), reason);
                }
            }
        });
    }

    private void count(Metric metric, WatchCounters counters, Count count) {
        instruments.count(metric, () -> counters.get(count));
    }
}
