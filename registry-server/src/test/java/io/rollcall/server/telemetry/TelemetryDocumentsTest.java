package io.rollcall.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written about telemetry speaks of what there is. */
final class TelemetryDocumentsTest {

    private static final Pattern EVENT =
            Pattern.compile("^\\| (ERROR|WARN|INFO) \\| `(\\w+)` \\| `([^`]+)` \\|", Pattern.MULTILINE);
    private static final Pattern METRIC = Pattern.compile(
            "\\b((?:rollcall|http_server|jvm|otel_sdk|tls|registered|deregistered|discovery|health_check|registration"
                    + "|check)_[a-z0-9_]+)\\b(?!\")");
    private static final Set<String> OF_ALERTS = Set.of("rollcall_token");

    private static Path root() {
        return SourceTree.root();
    }

    @Test
    void eventsAreLoggedAsTheyAreListed() throws Exception {
        var events = EVENT.matcher(Files.readString(root().resolve("docs/telemetry.md")))
                .results()
                .toList();

        assertThat(events).hasSizeGreaterThan(15);
        for (var event : events) {
            var source = source(event.group(2));
            assertThat(source).as(event.group()).contains("\"" + event.group(3) + "\"");
            if (!event.group(2).equals("LogGate")) {
                var level =
                        event.group(1).charAt(0) + event.group(1).substring(1).toLowerCase(Locale.ROOT);
                assertThat(source).as(event.group()).contains(".at" + level + "()");
            }
        }
    }

    private static String source(String logger) throws IOException {
        for (var module : new String[] {"registry-server", "registry-statemachine"}) {
            try (var files = Files.walk(root().resolve(module).resolve("src/main/java"))) {
                var found = files.filter(file -> file.getFileName().toString().equals(logger + ".java"))
                        .findFirst();
                if (found.isPresent()) {
                    return Files.readString(found.get());
                }
            }
        }
        throw new AssertionError("no class is called " + logger);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollcall-alerts.yml", "grafana-dashboard.json"})
    void rulesAndPanelsAskForMetricsThatThereAre(String file) throws Exception {
        var text = Files.readString(root().resolve("deploy/observability").resolve(file));
        var known = MetricNamesTest.all().stream().map(Metric::prometheusName).collect(Collectors.toSet());

        var asked = new TreeSet<String>();
        METRIC.matcher(text).results().forEach(found -> asked.add(found.group(1)));
        asked.removeAll(OF_ALERTS);

        assertThat(asked).hasSizeGreaterThan(15);
        assertThat(asked)
                .filteredOn(name -> !name.startsWith("jvm_") && !name.startsWith("otel_sdk_"))
                .allSatisfy(name -> assertThat(known).contains(name.replaceAll("_(bucket|count|sum)$", "")));
    }
}
