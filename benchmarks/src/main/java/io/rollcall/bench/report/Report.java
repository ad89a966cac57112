package io.rollcall.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All that a run measured. Used by one thread. */
public final class Report {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, String> broken = new LinkedHashMap<>();

    /**
     * Notes a fact on machine, options or versions.
     *
     * @param name of the fact
     * @param value of the fact
     */
    public void fact(String name, String value) {
        facts.put(name, value);
    }

    /**
     * Adds a line.
     *
     * @param row the line
     */
    public void add(Row row) {
        rows.add(row);
    }

    /**
     * Notes that a figure could not be measured.
     *
     * @param figure which
     * @param cause why
     */
    public void addBroken(String figure, Exception cause) {
        broken.merge(figure, cause.toString(), (first, second) -> first + "; " + second);
    }

    /** Returns what could not be measured, and why. */
    public Map<String, String> broken() {
        return Collections.unmodifiableMap(broken);
    }

    /** Returns the lines whose target is missed. */
    public List<Row> missed() {
        return rows.stream().filter(Row::isMissed).toList();
    }

    /** Returns the table. */
    public String table() {
        var text = new StringBuilder("\n");
        facts.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        var figure = "";
        for (var row : rows) {
            if (!row.figure().equals(figure)) {
                figure = row.figure();
                text.append('\n').append(figure).append('\n');
            }
            text.append(line(row)).append('\n');
        }
        broken.forEach((what, why) -> text.append("\nNOT MEASURED: ")
                .append(what)
                .append(": ")
                .append(why)
                .append('\n'));
        return text.toString();
    }

    /**
     * Writes all as JSON.
     *
     * @param file replaced if it is there
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        var figures = rows.stream().map(Report::json).toList();
        JSON.writeValue(file.toFile(), Map.of("facts", facts, "figures", figures, "broken", broken));
    }

    private static String line(Row row) {
        var value = row.value();
        var spread = value.rounds().size() == 1
                ? ""
                : "(" + Numbers.text(value.min()) + "–" + Numbers.text(value.max()) + ")";
        var details = row.details().entrySet().stream()
                .map(detail ->
                        detail.getKey() + " " + Numbers.text(detail.getValue().median()))
                .collect(Collectors.joining(", "));
        var verdict = row.target() == null ? "" : row.target() + (row.isMissed() ? ": MISSED" : ": reached");
        var failures = row.failures().isEmpty() ? "" : " FAILED: " + row.failures();
        return "  %-44s %10s %-6s %-20s %s%s%s%s"
                .formatted(
                        row.subject(),
                        Numbers.text(value.median()),
                        row.unit(),
                        spread,
                        verdict,
                        verdict.isEmpty() || details.isEmpty() ? "" : "; ",
                        details,
                        failures)
                .stripTrailing();
    }

    private static Map<String, Object> json(Row row) {
        var json = new LinkedHashMap<String, Object>();
        json.put("figure", row.figure());
        json.put("subject", row.subject());
        json.put("unit", row.unit());
        json.putAll(json(row.value()));
        row.details().forEach((name, series) -> json.put(name, json(series)));
        json.put("failures", row.failures());
        if (row.target() != null) {
            json.put("target", row.target().toString());
            json.put("reached", !row.isMissed());
        }
        return json;
    }

    private static Map<String, Object> json(Series series) {
        var json = new LinkedHashMap<String, Object>();
        json.put("median", series.median());
        json.put("min", series.min());
        json.put("max", series.max());
        json.put("rounds", series.rounds());
        return json;
    }
}
