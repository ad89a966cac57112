package io.rollcall.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterRefusalTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "name                        | 4  | expects an operator of name: ==, in, contains, matches, is empty but ends",
                "name =                      | 5  | has a single =; write == to compare,",
                "name == x                   | 8  | expects a string in quotes but has x",
                "name == 7                   | 8  | expects a string in quotes but has 7",
                "name ==                     | 7  | expects a string in quotes but ends",
                "name == \"x                 | 8  | has a string without its closing \", opened",
                "name == 'x                  | 8  | has a string without its closing ', opened",
                "name == `x                  | 8  | has a string without its closing `, opened",
                "name == \"\\x\"             | 9  | has a \\ that begins no escape of JSON",
                "name == \"\\u00g0\"         | 9  | has a \\ that begins no escape of JSON",
                "name == \"\\u00             | 9  | has a \\ that begins no escape of JSON",
                "name == \"\\u٠٠٠٠\"         | 9  | has a \\ that begins no escape of JSON",
                "name == \"x\" id == \"y\"   | 12 | expects and, or, or the end but has id",
                "name == \"x\" )             | 12 | expects and, or, or the end but has )",
                "name == \"x\" AND id == 'y' | 12 | expects and, or, or the end but has AND",
                "name == \"x\" and           | 15 | expects a field, not, ( or a key in quotes but ends",
                "name == \"x\" and and       | 16 | names the unknown field and; known are",
                "(name == \"x\"              | 12 | expects and, or, or ) but ends",
                "()                          | 1  | expects a field, not, ( or a key in quotes but has )",
                "nmae == \"x\"               | 0  | names the unknown field nmae; known are name, id, namespace, version",
                "Name == \"x\"               | 0  | names the unknown field Name",
                "Service.Tags contains \"x\" | 0  | names the unknown field Service.Tags",
                "name.x == \"x\"             | 0  | names the unknown field name.x",
                "metadata.owner == \"x\"     | 0  | names metadata, which is carried, not selected on; put into tags",
                "metadata[\"a\"] == \"x\"    | 0  | names metadata, which is carried, not selected on",
                "healthCheck is empty        | 0  | names healthCheck, which is carried, not selected on",
                "lastHeartbeat > \"x\"       | 0  | names lastHeartbeat, which changes with every heartbeat",
                "tags. == \"x\"              | 0  | expects a key after tags. but has none",
                "tags[env] == \"x\"          | 5  | expects a key in quotes but has env",
                "tags[\"env\" == \"x\"       | 11 | expects ] but has ==",
                "tags[                       | 5  | expects a key in quotes but ends",
                "tags == \"x\"               | 5  | cannot ask == of tags, which takes contains, is empty,",
                "tags matches \"x\"          | 5  | cannot ask matches of tags",
                "tags in (\"x\")             | 5  | cannot ask in of tags",
                "\"x\" in port               | 4  | cannot ask contains of port, which takes ==, <, <=, >, >=, in,",
                "\"x\" == name               | 4  | expects in or not in but has ==",
                "\"x\" not name              | 8  | expects in but has name",
                "\"x\" in                    | 6  | expects a field but ends",
                "7 in tags                   | 0  | expects a field, not, ( or a key in quotes but has 7",
                "name < \"x\"                | 5  | cannot ask < of name, which takes",
                "tags.a > \"1\"              | 7  | cannot ask > of tags.a",
                "status >= \"passing\"       | 7  | cannot ask >= of status",
                "name satisfies \"^1\"       | 5  | cannot ask satisfies of name",
                "port contains \"8\"         | 5  | cannot ask contains of port",
                "port matches \"8\"          | 5  | cannot ask matches of port",
                "port is empty               | 5  | cannot ask is empty of port",
                "port is not empty           | 5  | cannot ask is empty of port",
                "suspect > true              | 8  | cannot ask > of suspect",
                "suspect                     | 7  | expects an operator of suspect: ==, in but ends",
                "suspect == yes              | 11 | expects true or false but has yes",
                "port == 8o80                | 8  | expects a whole number but has 8o80",
                "port == 80.5                | 8  | expects a whole number but has 80.5",
                "port == 99999999999999999999 | 8 | expects a whole number but has 99999999999999999999",
                "port == \"http\"            | 8  | expects a whole number but has \"http\"",
                "port in (80, x)             | 13 | expects a whole number but has x",
                "port in 80                  | 8  | expects ( and a list of values but has 80",
                "port in ()                  | 9  | expects a whole number but has )",
                "port in (80,)               | 12 | expects a whole number but has )",
                "port in (80 81)             | 12 | expects , or ) but has 81",
                "port in (80                 | 11 | expects , or ) but ends",
                "ttl == 30                   | 7  | expects a duration such as \"500ms\", \"10s\", \"5m\", \"2h\" but has 30",
                "ttl == 30d                  | 7  | expects a duration such as",
                "ttl == \"PT30S\"            | 7  | expects a duration such as",
                "statusSince > \"yesterday\" | 14 | expects a time of RFC 3339 in quotes",
                "statusSince > \"2026-01-01\" | 14 | expects a time of RFC 3339 in quotes",
                "statusSince > \"2026-01-01T00:00:00\" | 14 | expects a time of RFC 3339 in quotes",
                "statusSince > 2026          | 14 | expects a time of RFC 3339 in quotes",
                "status == \"passng\"        | 10 | expects one of \"passing\", \"warning\", \"critical\"",
                "status in (\"passing\", \"up\") | 22 | expects one of \"passing\", \"warning\", \"critical\"",
                "protocol == \"HTTP\"        | 12 | expects one of \"http\", \"https\", \"grpc\", \"tcp\", \"udp\" but has \"HTTP\"",
                "version > 2.1               | 10 | expects a version in quotes, such as \"2.1\" but has 2.1",
                "version > \"nightly\"       | 10 | expects a version of SemVer such as \"2.1\" or \"2.1.0-rc.1\" but has \"nightly\"",
                "version satisfies \"abc\"   | 18 | expects a range of SemVer such as \"^2.1\"",
                "version satisfies \"\"      | 18 | expects a range of SemVer such as \"^2.1\"",
                "name matches \"(\"          | 13 | expects a regular expression of RE2 but has one with missing closing )",
                "name matches \"a**\"        | 13 | expects a regular expression of RE2 but has one with invalid nested repetition",
                "name matches \"(?=a)\"      | 13 | expects a regular expression of RE2 but has one with",
                "name matches \"(a)\\\\1\"   | 13 | expects a regular expression of RE2 but has one with",
                "name not == \"x\"           | 9  | expects in, contains, matches or satisfies but has ==",
                "name not                    | 8  | expects in, contains, matches or satisfies but ends",
                "name is                     | 7  | expects empty or not empty but ends",
                "name is not \"x\"           | 12 | expects empty but has \"x\"",
                "name is \"x\"               | 8  | expects empty or not empty but has \"x\"",
                "name like \"x\"             | 5  | expects an operator of name",
                "not                         | 3  | expects a field, not, ( or a key in quotes but ends",
                "or name == \"x\"            | 0  | names the unknown field or",
                "name == \"x\" && id == 'y'  | 12 | has a &; write and,",
                "!name                       | 0  | has a !; write not,",
                "näme == \"x\"               | 1  | has a character that means nothing outside quotes, ä",
                "name == \ud83d\ude00        | 8  | has a character that means nothing outside quotes, \ud83d\ude00",
                "name == \u201cx\u201d       | 8  | has a character that means nothing outside quotes, \u201c",
                "name # x                    | 5  | has a character that means nothing outside quotes, #",
                "-                           | 0  | has a character that means nothing outside quotes, -",
            })
    void badExpressionIsRefusedWhereItIsBad(String expression, int position, String message) {
        Violation refusal = refusalOf(expression);

        assertThat(refusal.message()).startsWith(message).endsWith(" at position " + position);
        assertThat(refusal.position()).isEqualTo(position);
        assertThat(refusal.field()).isEqualTo("filter");
    }

    @Test
    void doubleBarIsNoOr() {
        assertThat(refusalOf("name == 'x' || id == 'y'"))
                .isEqualTo(new Violation("filter", "has a |; write or, at position 12", null, 12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void emptyExpressionIsRefused(String expression) {
        assertThat(refusalOf(expression)).isEqualTo(new Violation("filter", "must not be empty; leave it out for all"));
    }

    @Test
    void controlCharacterInAStringIsRefusedAndNotRepeated() {
        assertThat(refusalOf("name == \"a\u0000b\"").position()).isEqualTo(10);
        assertThat(refusalOf("name == \u001b[31m").message()).contains("\ufffd").doesNotContain("\u001b");
        assertThat(refusalOf("name == x 'a\nb\u0000'").message()).doesNotContain("\n", "\u0000");
    }

    @Test
    void shownTextIsBound() {
        assertThat(refusalOf("x".repeat(4_000) + " == \"y\"").message()).hasSizeLessThan(400);
    }

    @Test
    void lengthIsBound() {
        String fits = "name == \"" + "x".repeat(Filter.MAX_LENGTH - 10) + "\"";

        assertThatCode(() -> Filter.parse(fits)).doesNotThrowAnyException();
        assertThat(refusalOf(fits + " "))
                .isEqualTo(new Violation("filter", "must have at most 4096 characters, has 4097", 4_096));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "not "})
    void depthIsBound(String opening) {
        int most = Filter.MAX_DEPTH;
        String closing = opening.equals("(") ? ")" : "";

        assertThatCode(() -> Filter.parse(opening.repeat(most) + "name == 'x'" + closing.repeat(most)))
                .doesNotThrowAnyException();
        assertThat(refusalOf(opening.repeat(most + 1) + "name == 'x'" + closing.repeat(most + 1)))
                .isEqualTo(new Violation(
                        "filter",
                        "nests deeper than 32 levels at position " + most * opening.length(),
                        32,
                        most * opening.length()));
    }

    @Test
    void depthIsOfOnePlaceNotOfTheWhole() {
        assertThatCode(() -> Filter.parse("(name == 'x')" + " and (name == 'x')".repeat(100)))
                .doesNotThrowAnyException();
    }

    @Test
    void termsAreBound() {
        String term = "id=='x'";
        String fits = term + (" or " + term).repeat(Filter.MAX_TERMS - 1);

        assertThatCode(() -> Filter.parse(fits)).doesNotThrowAnyException();
        assertThat(refusalOf(fits + " or " + term))
                .isEqualTo(new Violation(
                        "filter",
                        "has more than 256 terms at position " + (fits.length() + 4),
                        256,
                        fits.length() + 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(", ")", "[", "\"", "'", "\\", "not ", "!", "=", "-", "\u0000", "\ud83d", "\"\\u", "tags["})
    void fourKibibytesOfOneThingAreRefusedAtOnce(String piece) {
        String expression = piece.repeat(Filter.MAX_LENGTH / piece.length());

        assertThat(refusalOf(expression).position()).isBetween(0, expression.length());
    }

    static Violation refusalOf(String expression) {
        InvalidRequestException refusal =
                catchThrowableOfType(InvalidRequestException.class, () -> Filter.parse(expression));
        assertThat(refusal).as("refusal of %s", expression).isNotNull();
        assertThat(refusal.violations()).hasSize(1);
        return refusal.violations().get(0);
    }
}
