package io.rollcall.server.telemetry;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Something that is measured.
 *
 * @param name in OTLP
 * @param kind how its values are to be read
 * @param unit of UCUM; in braces what is counted
 * @param description what it says, for whoever looks at it
 * @param labels the keys of its attributes; their values are few, whatever callers do
 */
record Metric(String name, Kind kind, String unit, String description, List<String> labels) {

    /** How values are to be read. */
    enum Kind {
        /** A sum that never falls. */
        COUNTER,
        /** What is so now. */
        GAUGE,
        /** How values are spread. */
        HISTOGRAM
    }

    private static final Map<String, String> SUFFIXES =
            Map.of("s", "_seconds", "By", "_bytes", "By/s", "_bytes_per_second", "1", "_ratio");

    Metric {
        labels = List.copyOf(labels);
    }

    static Metric counter(String name, String unit, String description, String... labels) {
        return new Metric(name, Kind.COUNTER, unit, description, List.of(labels));
    }

    static Metric gauge(String name, String unit, String description, String... labels) {
        return new Metric(name, Kind.GAUGE, unit, description, List.of(labels));
    }

    static Metric histogram(String name, String unit, String description, String... labels) {
        return new Metric(name, Kind.HISTOGRAM, unit, description, List.of(labels));
    }

    /** The name in Prometheus' text, by the rules of OpenTelemetry. */
    String prometheusName() {
        return prometheusName(name, unit, kind == Kind.COUNTER);
    }

    /** The same of a metric that others have named. */
    static String prometheusName(String name, String unit, boolean isCounter) {
        String base = label(name);
        if (base.endsWith("_total")) {
            base = base.substring(0, base.length() - "_total".length());
        }
        // A share is named so only where it is one: a counter of unit 1 just counts.
        String suffix = isCounter && unit.equals("1") ? "" : SUFFIXES.getOrDefault(unit, "");
        String whole = base.endsWith(suffix) ? base : base + suffix;
        return isCounter ? whole + "_total" : whole;
    }

    /** A key as Prometheus takes it. */
    static String label(String key) {
        return key.replaceAll("[^a-zA-Z0-9_]", "_").toLowerCase(Locale.ROOT);
    }
}
