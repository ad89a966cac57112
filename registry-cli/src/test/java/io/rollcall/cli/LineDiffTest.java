package io.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LineDiffTest {

    @Test
    void equalTextsDifferInNoLine() {
        assertThat(LineDiff.of("a\nb\n", "a\nb")).isEmpty();
    }

    @Test
    void onlyLinesThatDifferAreShownInTheirOrder() {
        assertThat(LineDiff.of("a\nb\nc\nd", "a\nB\nc\ne\nd")).containsExactly("- b", "+ B", "+ e");
        assertThat(LineDiff.of("", "a")).containsExactly("+ a");
        assertThat(LineDiff.of("a\nb", "")).containsExactly("- a", "- b");
    }

    @Test
    void manyLinesAreCounted() {
        assertThat(LineDiff.of("", lines(25))).hasSize(21).endsWith("... and 5 lines more");
    }

    @Test
    void textsThatAreTooLongAreNotCompared() {
        assertThat(LineDiff.of(lines(501), "a")).isEmpty();
    }

    private static String lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
    }
}
