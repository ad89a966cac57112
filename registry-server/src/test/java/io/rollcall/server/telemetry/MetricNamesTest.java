package io.rollcall.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.SourceTree;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is written down of the metrics is what there is. */
final class MetricNamesTest {

    private static final Pattern ROW = Pattern.compile(
            "^\\| `([^`]+)` \\| `([^`]+)` \\| (counter|gauge|histogram) \\| `([^`]+)` \\| ([^|]*) \\| (.+) \\|$",
            Pattern.MULTILINE);

    static List<Metric> all() {
        return Arrays.stream(MetricNames.class.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Metric.class)
                .map(field -> {
                    try {
                        return (Metric) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    @Test
    void documentListsEachMetricAndNoOther() throws Exception {
        var document = Files.readString(SourceTree.root().resolve("docs/telemetry.md"));
        var rows = new ArrayList<String>();
        ROW.matcher(document).results().forEach(row -> rows.add(row.group()));

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        all().stream().map(MetricNamesTest::row).toList());
    }

    private static String row(Metric metric) {
        var labels = metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        return "| `%s` | `%s` | %s | `%s` | %s | %s |"
                .formatted(
                        metric.prometheusName(),
                        metric.name(),
                        metric.kind().name().toLowerCase(Locale.ROOT),
                        metric.unit(),
                        labels,
                        metric.description());
    }

    @Test
    void namesBeginWithRollcallOrAreGivenByOthers() {
        var given = List.of(
                "registered_services_total",
                "deregistered_services_total",
                "discovery_requests_total",
                "health_check_failures_total",
                "registration_latency_seconds",
                "check_requests_total",
                "check_failures_total",
                "check_latency_seconds",
                "tls_certificate_expiry_seconds");

        assertThat(all()).extracting(Metric::name).containsAll(given).doesNotHaveDuplicates();
        assertThat(all())
                .filteredOn(metric -> !given.contains(metric.name()))
                .allSatisfy(metric -> assertThat(metric.name()).matches("(rollcall|http\\.server)\\.[a-z0-9_.]+"));
        // As they are asked for, so they are shown.
        assertThat(all())
                .filteredOn(metric -> given.contains(metric.name()))
                .allSatisfy(metric -> assertThat(metric.prometheusName()).isEqualTo(metric.name()));
    }

    @Test
    void prometheusNamesFollowTheUnits() {
        assertThat(Metric.prometheusName("a.b", "s", false)).isEqualTo("a_b_seconds");
        assertThat(Metric.prometheusName("a.b.bytes", "By", false)).isEqualTo("a_b_bytes");
        assertThat(Metric.prometheusName("a.b", "{thing}", true)).isEqualTo("a_b_total");
        assertThat(Metric.prometheusName("a.b", "1", true)).isEqualTo("a_b_total");
        assertThat(Metric.prometheusName("a.b", "1", false)).isEqualTo("a_b_ratio");
        assertThat(Metric.prometheusName("cpu.time", "s", true)).isEqualTo("cpu_time_seconds_total");
    }
}
