package io.rollcall.cli;

import static io.rollcall.client.fake.FakeNode.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What differs where the output is a terminal. */
final class TerminalTest {

    private static final String ESCAPE = "\033";

    private final FakeNode node = new FakeNode();
    private final TestShell shell = TestShell.asking(node.url());

    @BeforeEach
    void openTerminal() {
        shell.set("TERM", "xterm");
        shell.set(Screen.VARIABLE, "24 80");
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void statusesHaveColoursOnATerminal() {
        node.then(discovery("critical"));

        assertThat(shell.run("discover", "orders", "--status=any")).isZero();

        assertThat(shell.out()).contains("\033[31mcritical\033[0m").startsWith("\033[1mID\033[0m");
    }

    @Test
    void coloursAddNothingElse() {
        node.then(discovery("passing")).then(discovery("passing"));

        shell.run("discover", "orders");
        String coloured = shell.out();
        shell.clear();
        shell.unset(Screen.VARIABLE);
        shell.run("discover", "orders");

        assertThat(coloured).isNotEqualTo(shell.out());
        assertThat(coloured.replaceAll("\033\\[[0-9]*m", "")).isEqualTo(shell.out());
    }

    @ParameterizedTest
    @CsvSource({"ROLLCALL_SCREEN, ''", "TERM, dumb", "NO_COLOR, 1"})
    void nothingHasColoursWhereTheyAreNotWanted(String variable, String value) {
        node.then(discovery("critical"));
        shell.set(variable, value);

        assertThat(shell.run("discover", "orders", "--status=any")).isZero();
        assertThat(shell.run("discover", "--help")).isZero();
        assertThat(shell.run("discover")).isEqualTo(ExitStatus.USAGE);

        assertThat(shell.out()).contains("critical", "Examples");
        assertThat(shell.out() + shell.err()).doesNotContain(ESCAPE);
    }

    @Test
    void anEmptyWishAgainstColoursIsNone() {
        node.then(discovery("critical"));
        shell.set("NO_COLOR", "");

        assertThat(shell.run("discover", "orders", "--status=any")).isZero();

        assertThat(shell.out()).contains(ESCAPE);
    }

    @Test
    void helpHasColoursOnATerminal() {
        assertThat(shell.run("discover", "--help")).isZero();

        assertThat(shell.out()).contains(ESCAPE);
    }

    @Test
    void jsonHasNoColours() throws Exception {
        node.then(discovery("passing"));

        assertThat(shell.run("discover", "orders", "-o", "json")).isZero();

        JsonNode printed = Json.mapper().readTree(shell.out());
        assertThat(printed.path("instances")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 ms", "9999, 9999 ms", "10000, 10 s", "119999, 119 s", "120000, 2 min", "7200000, 2 h"})
    void theAgeOfTheDataIsShown(long millis, String shown) {
        shell.unset(Screen.VARIABLE);
        node.then(answer(200, Samples.discovery("o-1"), "Registry-Data-Age", Long.toString(millis)));

        assertThat(shell.run("discover", "orders")).isZero();

        assertThat(shell.out()).contains(", " + shown + " old)");
    }

    @Test
    void oldDataStandsOut() {
        node.then(answer(200, Samples.discovery("o-1"), "Registry-Data-Age", "60000"));

        assertThat(shell.run("discover", "orders")).isZero();

        assertThat(shell.out()).contains("\033[33m60 s old\033[0m");
    }

    private static FakeNode.Line discovery(String status) {
        return answer(200, Samples.discovery("o-1").replace("\"status\":\"passing\"", "\"status\":\"" + status + "\""));
    }
}
