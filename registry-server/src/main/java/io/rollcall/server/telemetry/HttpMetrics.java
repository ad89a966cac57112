package io.rollcall.server.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.rollcall.api.http.Paths;
import io.rollcall.server.app.RequestObserver;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Measures requests. For one that comes as one that came before nothing is made but the measurement. */
final class HttpMetrics implements RequestObserver {

    /** Others could be made up without end. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH", "TRACE");

    private static final Set<String> DISCOVERIES = Set.of(Paths.SERVICE, Paths.INSTANCES, Paths.INSTANCE);
    private static final int STATUS_MIN = 100;
    private static final int STATUS_END = 600;

    private final DoubleHistogram durations;
    private final String scheme;
    // Methods by routes by status, all of them few.
    private final Map<String, Map<String, AtomicReferenceArray<Attributes>>> series = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> problems = new ConcurrentHashMap<>();
    private final LongAdder discoveries = new LongAdder();

    HttpMetrics(Instruments instruments, boolean isTls) {
        durations = instruments.seconds(MetricNames.HTTP_DURATION);
        scheme = isTls ? "https" : "http";
        instruments.count(MetricNames.DISCOVERIES, discoveries::sum);
        instruments.countEach(
                MetricNames.HTTP_PROBLEMS, points -> problems.forEach((code, count) -> points.add(count.sum(), code)));
    }

    @Override
    public void answered(
            String method, String route, int status, @Nullable String code, long nanos, @Nullable String traceParent) {
        Attributes attributes = attributes(METHODS.contains(method) ? method : "_OTHER", route, status);
        durations.record(Instruments.seconds(nanos), attributes, Instruments.context(traceParent));
        if (code != null) {
            problems.computeIfAbsent(code, unknown -> new LongAdder()).increment();
        }
        if (DISCOVERIES.contains(route) && (method.equals("GET") || method.equals("HEAD"))) {
            discoveries.increment();
        }
    }

    private Attributes attributes(String method, String route, int status) {
        AtomicReferenceArray<Attributes> byStatus = series.computeIfAbsent(method, unknown -> new ConcurrentHashMap<>())
                .computeIfAbsent(route, unknown -> new AtomicReferenceArray<>(STATUS_END - STATUS_MIN));
        int place = Math.min(Math.max(status, STATUS_MIN), STATUS_END - 1) - STATUS_MIN;
        Attributes present = byStatus.get(place);
        if (present == null) {
            present =
                    Instruments.attributes(MetricNames.HTTP_DURATION, method, Integer.toString(status), route, scheme);
            byStatus.set(place, present);
        }
        return present;
    }
}
