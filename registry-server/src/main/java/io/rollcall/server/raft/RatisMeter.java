package io.rollcall.server.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.apache.ratis.metrics.MetricRegistries;
import org.apache.ratis.metrics.RatisMetricRegistry;
import org.apache.ratis.metrics.impl.RatisMetricRegistryImpl;
import org.apache.ratis.thirdparty.com.codahale.metrics.Counter;
import org.apache.ratis.thirdparty.com.codahale.metrics.Gauge;
import org.apache.ratis.thirdparty.com.codahale.metrics.Metric;
import org.apache.ratis.thirdparty.com.codahale.metrics.Timer;

/**
 * What Ratis counts of itself. It keeps a registry of its own for each of its parts, all of them in one place of the process, in
 * which several members may live.
 */
final class RatisMeter implements AutoCloseable {

    private static final double NANOS_PER_SECOND = 1e9;

    private final String member;
    private final List<RatisMetricRegistryImpl> registries = new CopyOnWriteArrayList<>();
    private final Consumer<RatisMetricRegistry> started = this::started;
    private final Consumer<RatisMetricRegistry> stopped = this::stopped;

    /** To be made before the server is built: only of what comes later one is told. */
    RatisMeter(String self) {
        member = self + "@";
        MetricRegistries.global().addReporterRegistration(started, stopped);
    }

    private void started(RatisMetricRegistry registry) {
        String prefix = registry.getMetricRegistryInfo().getPrefix();
        // Those of a peer's connection begin by its id alone.
        if (registry instanceof RatisMetricRegistryImpl present && prefix.startsWith(member)) {
            registries.add(present);
        }
    }

    @SuppressWarnings("SuspiciousMethodCalls") // what is no such registry was not added
    private void stopped(RatisMetricRegistry registry) {
        registries.remove(registry);
    }

    /** The sum of what a part counts; 0 if it has counted nothing yet. */
    double count(String part, String name) {
        double counted = sum(
                part,
                name,
                metric -> metric instanceof Counter counter
                        ? counter.getCount()
                        : metric instanceof Timer timer ? timer.getCount() : Double.NaN);
        return Double.isNaN(counted) ? 0 : counted;
    }

    /** A figure of a part; NaN if it has none, or not yet. */
    double gauge(String part, String name) {
        return sum(
                part,
                name,
                metric -> metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number
                        ? number.doubleValue()
                        : Double.NaN);
    }

    /** A quantile of how long something took lately, in seconds; NaN if it is not measured. */
    double quantileSeconds(String part, String name, double quantile) {
        return sum(
                part,
                name,
                metric -> metric instanceof Timer timer
                        ? timer.getSnapshot().getValue(quantile) / NANOS_PER_SECOND
                        : Double.NaN);
    }

    private double sum(String part, String name, ToDoubleFunction<Metric> value) {
        double sum = Double.NaN;
        for (RatisMetricRegistryImpl registry : new ArrayList<>(registries)) {
            Metric metric =
                    registry.getMetricRegistryInfo().getMetricsComponentName().equals(part) ? registry.get(name) : null;
            double found = metric == null ? Double.NaN : value.applyAsDouble(metric);
            sum = Double.isNaN(sum) ? found : Double.isNaN(found) ? sum : sum + found;
        }
        return sum;
    }

    @Override
    public void close() {
        MetricRegistries.global().removeReporterRegistration(started, stopped);
    }
}
