package io.rollcall.bench.load;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What a load came to.
 *
 * @param seconds the measured time
 * @param answered 2xx answers within the measured time
 * @param bodyBytes of all 2xx answers
 * @param failures what else came, by what it was: a status, a lost connection, a request never answered
 * @param latencyMicros of the 2xx answers; open loop: from the intended start
 */
public record LoadResult(
        double seconds, long answered, long bodyBytes, Map<String, Long> failures, Histogram latencyMicros) {

    /** Copies the failures. */
    public LoadResult {
        failures = Map.copyOf(failures);
    }

    /** Returns the 2xx answers a second. */
    public double ratePerSecond() {
        return answered / seconds;
    }

    /** Returns all failures. */
    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the mean size of a 2xx answer's body, in bytes. */
    public double meanBodyBytes() {
        var count = latencyMicros.getTotalCount();
        return count == 0 ? 0 : (double) bodyBytes / count;
    }

    /**
     * Returns a quantile of the latencies.
     *
     * @param percentile 0 to 100
     * @return milliseconds
     */
    public double latencyMillis(double percentile) {
        return latencyMicros.getValueAtPercentile(percentile) / 1000.0;
    }

    /**
     * Adds a load that ran at the same time.
     *
     * @param other of the same duration
     * @return both as one
     */
    public LoadResult plus(LoadResult other) {
        var allFailures = new TreeMap<>(failures);
        other.failures.forEach((what, count) -> allFailures.merge(what, count, Long::sum));
        var latencies = latencyMicros.copy();
        latencies.add(other.latencyMicros);
        return new LoadResult(
                Math.max(seconds, other.seconds),
                answered + other.answered,
                bodyBytes + other.bodyBytes,
                allFailures,
                latencies);
    }
}
