package io.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ColouredTextTest {

    private static final ColouredText TEXT = ColouredText.of("ab", Ink.RED).plus("cd");

    @Test
    void coloursAreShownWhereTheyAreWanted() {
        assertThat(TEXT.shown(true)).isEqualTo("\033[31mab\033[0mcd");
        assertThat(TEXT.shown(false)).isEqualTo("abcd").isEqualTo(TEXT.toString());
    }

    @Test
    void widthAndCutsCountWhatIsSeen() {
        assertThat(TEXT.width()).isEqualTo(4);
        assertThat(TEXT.cut(3).shown(true)).isEqualTo("\033[31mab\033[0mc");
        assertThat(TEXT.cut(1).shown(true)).isEqualTo("\033[31ma\033[0m");
        assertThat(TEXT.cut(9).shown(true)).isEqualTo(TEXT.shown(true));
        assertThat(ColouredText.of("a😀b").cut(2).toString()).isEqualTo("a😀");
    }

    @Test
    void whatIsTooLongEndsWithAnEllipsis() {
        assertThat(TEXT.shortened(4).toString()).isEqualTo("abcd");
        assertThat(TEXT.shortened(3).toString()).isEqualTo("ab…");
    }

    @Test
    void textsAreJoined() {
        assertThat(ColouredText.joined(", ", List.of()).isEmpty()).isTrue();
        assertThat(ColouredText.joined(", ", List.of(TEXT, TEXT)).toString()).isEqualTo("abcd, abcd");
    }

    @Test
    void aValueGivesNoOrdersToTheTerminal() {
        assertThat(ColouredText.of("a\033[2Jb\u009b2J").shown(true)).isEqualTo("a\ufffd[2Jb\ufffd2J");
    }

    @Test
    void tableCellsAreAlignedByWhatIsSeen() {
        Table table = new Table("ID", "STATUS", "ZONE", "");
        table.row("o-1", ColouredText.of("passing", Ink.GREEN), "", "x");
        table.row("o-22", ColouredText.EMPTY, "", "");

        assertThat(table.lines())
                .extracting(ColouredText::toString)
                .containsExactly("ID    STATUS", "o-1   passing  x", "o-22");
        assertThat(table.lines().get(1).shown(true)).isEqualTo("o-1   \033[32mpassing\033[0m  x");
    }
}
