package io.rollcall.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "äöü", "中文", "\ud83d\ude00", "a\ud83d\ude00b", "\u2028", " ~", "\u00a0"})
    void textsThatMayStay(String text) {
        assertThat(Texts.hasForbidden(text, false)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u001fb", "\u007f", "\u0080", "\u009f", "\u001b[31m"})
    void controlCharactersAreForbidden(String text) {
        assertThat(Texts.hasForbidden(text, false)).isTrue();
        assertThat(Texts.hasForbidden(text, true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t", "a\nb", "\r\n"})
    void lineEndsAreForbiddenUnlessAllowed(String text) {
        assertThat(Texts.hasForbidden(text, false)).isTrue();
        assertThat(Texts.hasForbidden(text, true)).isFalse();
    }

    @Test
    void halvesOfSurrogatePairsAreForbidden() {
        assertThat(Texts.hasForbidden("\ud83d", true)).isTrue();
        assertThat(Texts.hasForbidden("\ude00", true)).isTrue();
        assertThat(Texts.hasForbidden("\ud83dx", true)).isTrue();
        assertThat(Texts.hasForbidden("\ude00\ud83d", true)).isTrue();
        assertThat(Texts.hasForbidden("\ud83d\ud83d\ude00", true)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"abcdef, 6, abcdef", "abcdefg, 6, abcde…", "aä中, 3, aä中"})
    void printableTextIsCutAtItsLength(String text, int maxLength, String printable) {
        assertThat(Texts.printable(text, maxLength)).isEqualTo(printable);
    }

    @Test
    void printableTextHasReplacementsForWhatIsForbidden() {
        assertThat(Texts.printable("a\u0000\n\ud83db\ud83d\ude00", 20)).isEqualTo("a\ufffd\ufffd\ufffdb\ud83d\ude00");
    }

    @Test
    void printableTextIsNotCutThroughASurrogatePair() {
        assertThat(Texts.printable("ab\ud83d\ude00cd", 4)).isEqualTo("ab\ufffd\u2026");
    }
}
