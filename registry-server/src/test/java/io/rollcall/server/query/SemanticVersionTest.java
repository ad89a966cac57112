package io.rollcall.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SemanticVersionTest {

    /** In the order of precedence; the middle is the example of SemVer 2.0, section 11. */
    private static final List<String> RISING = List.of(
            "0.0.0-0",
            "0.0.0",
            "0.0.1",
            "0.1.0",
            "0.9.0",
            "0.10.0",
            "1.0.0-0",
            "1.0.0-1",
            "1.0.0-2",
            "1.0.0-10",
            "1.0.0-99999999999999999999",
            "1.0.0-100000000000000000000",
            "1.0.0--",
            "1.0.0-0a",
            "1.0.0-A",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.1.0",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1-rc.1",
            "1.0.1",
            "2.0.0",
            "10.0.0",
            "20261122120000.0.0",
            "999999999999999999.0.0");

    @Test
    void precedenceIsThatOfSemVer() {
        for (int i = 0; i < RISING.size(); i++) {
            for (int j = 0; j < RISING.size(); j++) {
                assertThat(Integer.signum(parse(RISING.get(i)).compareTo(parse(RISING.get(j)))))
                        .as("%s against %s", RISING.get(i), RISING.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2.0.0",
        "2.1, 2.1.0",
        "v2.1, 2.1.0",
        "2.1.0+build.5, 2.1.0",
        "2.1+a, 2.1.0+b",
        "2-rc.1, 2.0.0-rc.1",
        "2.1-rc.1, 2.1.0-rc.1+x",
    })
    void missingNumbersAreZeroAndBuildMetadataDoesNotCount(String left, String right) {
        assertThat(parse(left)).isEqualTo(parse(right)).isEqualByComparingTo(parse(right));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nightly",
                "v",
                "V1",
                "1.",
                ".1",
                "1..2",
                "1.2.3.4",
                "01.0.0",
                "1.02.0",
                "1.0.00",
                "1.0.0-",
                "1.0.0-a..b",
                "1.0.0-01",
                "1.0.0-a.01",
                "1.0.0+",
                "1.0.0-ä",
                "1.0.0 ",
                "1.0.0\n",
                "-1.0.0",
                "+1",
                "1,0",
                "1.x",
                "^1.0",
                "٣.0.0",
                "1000000000000000000.0.0",
            })
    void otherTextsAreNoVersions(String text) {
        assertThat(SemanticVersion.parse(text)).isNull();
    }

    @Test
    void versionLongerThanAnyInstanceHasIsNone() {
        assertThat(SemanticVersion.parse("1.0.0-" + "a".repeat(58))).isNotNull();
        assertThat(SemanticVersion.parse("1.0.0-" + "a".repeat(59))).isNull();
        assertThat(SemanticVersion.parse("1" + ".0".repeat(1_000_000))).isNull();
    }

    private static SemanticVersion parse(String text) {
        SemanticVersion version = SemanticVersion.parse(text);
        assertThat(version).as(text).isNotNull();
        return version;
    }
}
