package io.rollcall.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A result is read as it was written, under whatever name. */
final class ResultsTest {

    @TempDir
    private Path folder;

    @Test
    void aResultIsReadAsItWasWritten() {
        Results results = new Results(folder.resolve("deep").resolve("er"));
        ScenarioResult written = new ScenarioResult(
                "KillNineIT.leaderDies [1] 3",
                "Leader dies \"at once\"",
                Long.MIN_VALUE,
                Verdict.FAILED,
                "expected: <1>\n but was: <2>",
                1_700_000_000_000L,
                61_000,
                Map.of(Figure.ACKNOWLEDGED, 5L, Figure.LOST, 0L),
                Map.of("rejoin", List.of(1L, 2L)),
                List.of(new FaultSpan("kill", "n1", 5, 10, "exit code 137")),
                List.of(new Second(0, 4, 1, 0, 1.25, 9.5)));

        results.write(written);

        assertThat(results.read()).containsExactly(written);
    }

    @Test
    void resultsComeInTheOrderOfTheirStart() {
        Results results = new Results(folder);

        results.write(result("b", 2));
        results.write(result("c", 1));
        results.write(result("a", 2));

        assertThat(results.read()).extracting(ScenarioResult::name).containsExactly("c", "a", "b");
    }

    @Test
    void theSameNameReplacesAndOtherNamesDoNot() {
        Results results = new Results(folder);

        results.write(result("x/y", 1));
        results.write(result("x y", 2));
        results.write(result("x y", 3));

        assertThat(results.read()).extracting(ScenarioResult::startedAtMillis).containsExactly(1L, 3L);
    }

    @Test
    void noNameLeadsOutOfTheFolder() {
        Path file = new Results(folder).write(result("../../etc/passwd\0" + "x".repeat(400), 1));

        assertThat(file.getParent()).isEqualTo(folder);
        assertThat(file.getFileName().toString()).hasSizeLessThan(150).startsWith("etc-passwd-x");
    }

    @Test
    void clearedResultsAreGone() {
        Results results = new Results(folder);
        results.write(result("a", 1));

        results.clear();

        assertThat(results.read()).isEmpty();
    }

    @Test
    void aMissingFolderHasNoResults() {
        Results results = new Results(folder.resolve("missing"));

        results.clear();

        assertThat(results.read()).isEmpty();
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        Files.writeString(folder.resolve("half.json"), "{\"name\":");

        assertThatThrownBy(() -> new Results(folder).read())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("half.json");
    }

    private static ScenarioResult result(String name, long startedAtMillis) {
        return new ScenarioResult(
                name, "", 0, Verdict.PASSED, "", startedAtMillis, 1, Map.of(), Map.of(), List.of(), List.of());
    }
}
