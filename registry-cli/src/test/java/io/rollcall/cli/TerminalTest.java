package io.rollcall.cli;

import static io.rollcall.client.fake.FakeNode.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.Samples;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What differs where the output is a terminal. */
final class TerminalTest {

    private static final String ESCAPE = "\033";

    private final FakeNode node = new FakeNode();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment =
            new HashMap<>(Map.of("ROLLCALL_SERVERS", node.url(), "TERM", "xterm", Screen.VARIABLE, "24 80"));

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void statusesHaveColoursOnATerminal() {
        node.then(discovery("critical"));

        assertThat(run("discover", "orders", "--status=any")).isZero();

        assertThat(out.toString()).contains("\033[31mcritical\033[0m").startsWith("\033[1mID\033[0m");
    }

    @Test
    void coloursAddNothingElse() {
        node.then(discovery("passing")).then(discovery("passing"));

        run("discover", "orders");
        String coloured = out.toString();
        out.getBuffer().setLength(0);
        environment.remove(Screen.VARIABLE);
        run("discover", "orders");

        assertThat(coloured).isNotEqualTo(out.toString());
        assertThat(coloured.replaceAll("\033\\[[0-9]*m", "")).isEqualTo(out.toString());
    }

    @ParameterizedTest
    @CsvSource({"ROLLCALL_SCREEN, ''", "TERM, dumb", "NO_COLOR, 1"})
    void nothingHasColoursWhereTheyAreNotWanted(String variable, String value) {
        node.then(discovery("critical"));
        environment.put(variable, value);

        assertThat(run("discover", "orders", "--status=any")).isZero();
        assertThat(run("discover", "--help")).isZero();
        assertThat(run("discover")).isEqualTo(ExitStatus.USAGE);

        assertThat(out.toString()).contains("critical", "Examples");
        assertThat(out.toString() + err).doesNotContain(ESCAPE);
    }

    @Test
    void anEmptyWishAgainstColoursIsNone() {
        node.then(discovery("critical"));
        environment.put("NO_COLOR", "");

        assertThat(run("discover", "orders", "--status=any")).isZero();

        assertThat(out.toString()).contains(ESCAPE);
    }

    @Test
    void helpHasColoursOnATerminal() {
        assertThat(run("discover", "--help")).isZero();

        assertThat(out.toString()).contains(ESCAPE);
    }

    @Test
    void jsonHasNoColours() throws Exception {
        node.then(discovery("passing"));

        assertThat(run("discover", "orders", "-o", "json")).isZero();

        JsonNode printed = Json.mapper().readTree(out.toString());
        assertThat(printed.path("instances")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 ms", "9999, 9999 ms", "10000, 10 s", "119999, 119 s", "120000, 2 min", "7200000, 2 h"})
    void theAgeOfTheDataIsShown(long millis, String shown) {
        environment.remove(Screen.VARIABLE);
        node.then(answer(200, Samples.discovery("o-1"), "Registry-Data-Age", Long.toString(millis)));

        assertThat(run("discover", "orders")).isZero();

        assertThat(out.toString()).contains(", " + shown + " old)");
    }

    @Test
    void oldDataStandsOut() {
        node.then(answer(200, Samples.discovery("o-1"), "Registry-Data-Age", "60000"));

        assertThat(run("discover", "orders")).isZero();

        assertThat(out.toString()).contains("\033[33m60 s old\033[0m");
    }

    private static FakeNode.Line discovery(String status) {
        return answer(200, Samples.discovery("o-1").replace("\"status\":\"passing\"", "\"status\":\"" + status + "\""));
    }

    private int run(String... args) {
        Terminal terminal = new Terminal(
                new PrintWriter(out, true), new PrintWriter(err, true), InputStream.nullInputStream(), environment);
        return RollcallCommand.run(terminal, args);
    }
}
