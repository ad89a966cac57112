package io.rollcall.chaos.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A run as one page: a single file that needs no script, no network and no other file. */
public final class HtmlReport {

    private static final String STYLE = "page.css";

    /** Nothing is fetched and nothing runs, even if a text should get out of its place. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private final Html html = new Html();
    private final RunReport report;

    private HtmlReport(RunReport report) {
        this.report = report;
    }

    /**
     * Writes the page.
     *
     * @param report what the run came to
     * @param file replaced if it exists
     */
    public static void write(RunReport report, Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, page(report));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report " + file, e);
        }
    }

    /**
     * Returns the page.
     *
     * @param report what the run came to
     * @return HTML 5
     */
    public static String page(RunReport report) {
        HtmlReport page = new HtmlReport(report);
        page.write();
        return page.html.toString();
    }

    private void write() {
        html.trusted("<!DOCTYPE html>")
                .line()
                .open("html", "lang", "en")
                .open("head")
                .line();
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark").line();
        html.element("title", "Rollcall under faults: " + RunWords.verdict(report))
                .line();
        html.open("style").trusted(style()).close().close().line().open("body").line();
        textures();
        html.open("main");
        head();
        new Dashboard(html, report).write();
        skipped();
        index();
        RepeatCommand repeat = new RepeatCommand(report.origin());
        List<ScenarioResult> results = report.results();
        for (int i = 0; i < results.size(); i++) {
            new ScenarioSection(html, repeat, results.get(i), anchor(i)).write();
        }
        html.close().close().close().line();
    }

    private void head() {
        html.open("header").element("p", "Rollcall under faults", "class", "kicker");
        html.element("h1", RunWords.verdict(report), "class", RunWords.word(report.outcome()));
        html.element("p", RunWords.summary(report), "class", "summary");
        if (report.missing() > 0) {
            html.element("p", RunWords.missing(report), "class", "warning");
        }
        failures();
        html.element("p", RunWords.SCOPE, "class", "scope");
        html.open("dl", "class", "origin");
        RunWords.origin(report)
                .forEach((name, value) -> html.open("div")
                        .element("dt", name)
                        .element("dd", value)
                        .close());
        html.close().close().line();
    }

    private void failures() {
        if (report.with(Verdict.FAILED).isEmpty()) {
            return;
        }
        html.open("ul", "class", "failures");
        for (int i = 0; i < report.results().size(); i++) {
            ScenarioResult result = report.results().get(i);
            if (result.outcome() == Verdict.FAILED) {
                html.open("li").element("a", result.title(), "href", "#" + anchor(i));
                html.text(": " + RunWords.cause(result)).close().line();
            }
        }
        html.close().line();
    }

    private void skipped() {
        List<ScenarioResult> skipped = report.with(Verdict.SKIPPED);
        if (skipped.isEmpty()) {
            return;
        }
        html.open("section").element("h2", "Skipped: nothing is known of these");
        html.open("ul", "class", "skips");
        for (ScenarioResult result : skipped) {
            html.open("li").element("b", result.title()).text(" ").element("code", result.name());
            html.text(": " + RunWords.cause(result)).close().line();
        }
        html.close().close().line();
    }

    private void index() {
        html.open("section").element("h2", "Scenarios").open("div", "class", "scroll");
        html.open("table", "class", "index").open("thead").open("tr");
        for (String name : List.of("Verdict", "Scenario", "Took", "Faults", "Acknowledged")) {
            html.element("th", name, "scope", "col");
        }
        html.close().close().open("tbody").line();
        for (int i = 0; i < report.results().size(); i++) {
            ScenarioResult result = report.results().get(i);
            html.open("tr").open("td");
            ScenarioSection.badge(html, result.outcome());
            html.close().open("td").element("a", result.title(), "href", "#" + anchor(i));
            html.close().element("td", Wording.duration(result.tookMillis()), "class", "number");
            html.element("td", Wording.count(result.faults().size()), "class", "number");
            Long acknowledged = result.figures().get(Figure.ACKNOWLEDGED);
            html.element("td", acknowledged == null ? "–" : Wording.count(acknowledged), "class", "number");
            html.close().line();
        }
        html.close().close().close().close().line();
    }

    /** Patterns that tell areas apart without their colours. */
    private void textures() {
        html.open("svg", "class", "textures", "width", "0", "height", "0", "aria-hidden", "true");
        html.open("pattern", "id", "hatch", "patternUnits", "userSpaceOnUse", "width", "6", "height", "6");
        html.empty("path", "d", "M0 6L6 0").close();
        html.open("pattern", "id", "dots", "patternUnits", "userSpaceOnUse", "width", "5", "height", "5");
        html.empty("circle", "cx", "2.5", "cy", "2.5", "r", "1.2").close();
        html.close().line();
    }

    private static String anchor(int number) {
        return "scenario-" + (number + 1);
    }

    private static String style() {
        try (InputStream style = HtmlReport.class.getResourceAsStream(STYLE)) {
            if (style == null) {
                throw new IllegalStateException("the build left out " + STYLE);
            }
            return new String(style.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + STYLE, e);
        }
    }
}
