package io.rollcall.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionRangeTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "^2.1           ; 2.1.0 2.1.9 2.99.0 2.1.0+b   ; 2.0.9 3.0.0 3.0.0-rc.1 2.1.0-rc.1 2.2.0-rc.1",
                "^2             ; 2.0.0 2.9.9                  ; 1.9.9 3.0.0 2.0.0-rc.1",
                "^2.x           ; 2.0.0 2.9.9                  ; 1.9.9 3.0.0",
                "^0.2.3         ; 0.2.3 0.2.9                  ; 0.2.2 0.3.0 1.0.0",
                "^0.2           ; 0.2.0 0.2.9                  ; 0.1.9 0.3.0",
                "^0.0.3         ; 0.0.3                        ; 0.0.2 0.0.4 0.1.0",
                "^0.0           ; 0.0.0 0.0.9                  ; 0.1.0",
                "^0             ; 0.0.0 0.9.0                  ; 1.0.0",
                "^1.2.3-beta.2  ; 1.2.3-beta.2 1.2.3-rc 1.2.3 1.9.0 ; 1.2.3-beta.1 1.2.4-beta.2 2.0.0 2.0.0-beta.2",
                "~1.4           ; 1.4.0 1.4.9                  ; 1.3.9 1.5.0 1.5.0-rc.1 1.4.0-rc.1",
                "~1.4.2         ; 1.4.2 1.4.9                  ; 1.4.1 1.5.0",
                "~1             ; 1.0.0 1.9.0                  ; 0.9.0 2.0.0",
                "~0.0.1         ; 0.0.1 0.0.9                  ; 0.1.0",
                ">=2.1 <3       ; 2.1.0 2.9.9                  ; 2.0.9 3.0.0 3.0.0-rc.1",
                ">= 2.1   < 3   ; 2.1.0 2.9.9                  ; 2.0.9 3.0.0",
                ">=2.1.1        ; 2.1.1 2.2 3.0.0              ; 2.1.0 2.1.1-rc.1 3.0.0-rc.1",
                ">2.1.1         ; 2.1.2 2.2                    ; 2.1.1 2.1.2-rc.1",
                ">2.1           ; 2.2.0 3.0.0                  ; 2.1.0 2.1.9 2.2.0-rc.1",
                ">2             ; 3.0.0                        ; 2.9.9 3.0.0-rc.1",
                "<2.1           ; 2.0.9 0.0.0                  ; 2.1.0 2.1.0-rc.1 2.1.5",
                "<2.1.3         ; 2.1.2                        ; 2.1.3 2.1.3-rc.1",
                "<=2.1          ; 2.1.0 2.1.9                  ; 2.2.0 2.2.0-rc.1",
                "<=2.1.3        ; 2.1.3 2.1.2                  ; 2.1.4",
                "2.1.3          ; 2.1.3 2.1.3+b v2.1.3         ; 2.1.4 2.1.3-rc.1",
                "=2.1.3         ; 2.1.3                        ; 2.1.4",
                "v2.1.3         ; 2.1.3                        ; 2.1.4",
                "2.1.3-rc.1     ; 2.1.3-rc.1 2.1.3-rc.1+b      ; 2.1.3 2.1.3-rc.2",
                ">2.1.3-rc.1    ; 2.1.3-rc.2 2.1.3 3.0.0       ; 2.1.3-rc.1 2.1.4-rc.1",
                "2.1            ; 2.1.0 2.1.9                  ; 2.0.9 2.2.0",
                "2.1.x          ; 2.1.0 2.1.9                  ; 2.0.9 2.2.0",
                "2.1.*          ; 2.1.0 2.1.9                  ; 2.0.9 2.2.0",
                "2              ; 2.0.0 2.9.0                  ; 1.9.0 3.0.0",
                "2.X            ; 2.0.0 2.9.0                  ; 1.9.0 3.0.0",
                "2.x.x          ; 2.0.0 2.9.0                  ; 1.9.0 3.0.0",
                "*              ; 0.0.0 99.0.0                 ; 1.0.0-rc.1",
                "x              ; 0.0.0 99.0.0                 ; 1.0.0-rc.1",
                ">=*            ; 0.0.0 99.0.0                 ; 1.0.0-rc.1",
                "1.x || 3.x     ; 1.0.0 3.9.0                  ; 2.0.0 4.0.0",
                "1.0.0||2.0.0   ; 1.0.0 2.0.0                  ; 1.0.1",
                "^1.0.0-a || ^2 ; 1.0.0-b 2.0.0                ; 2.0.0-b",
                ">3 <2          ; ''                           ; 1.0.0 2.5.0 4.0.0",
            })
    void containsWhatPackageManagersSay(String range, String inside, String outside) {
        VersionRange parsed = VersionRange.parse(range);

        assertThat(parsed).isNotNull();
        assertThat(versions(inside)).allMatch(version -> contains(parsed, version));
        assertThat(versions(outside)).noneMatch(version -> contains(parsed, version));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "||",
                "1 ||",
                "|| 1",
                "1 | 2",
                "abc",
                "^",
                ">=",
                "^^1",
                "=>1",
                "==1",
                "~>1",
                "!1",
                "1.2.3.4",
                "01.2",
                "1.x.3",
                "x.1",
                "<*",
                ">x",
                "^2.1-rc.1",
                "1,2",
                "1-2 3",
                "[1,2)",
                "1.2.3 - 2.3.4",
                ">=1<2",
                "1 and 2",
                "٣",
            })
    void otherTextsAreNoRanges(String text) {
        assertThat(VersionRange.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 ", "^1 || ", "1-a.", "1.2.3-", ">", "x"})
    void longTextsAreDecidedAtOnce(String piece) {
        assertThat(VersionRange.parse(piece.repeat(1_000_000))).isNull();
        assertThat(VersionRange.parse(piece.repeat(VersionRange.MAX_LENGTH / piece.length()) + "!"))
                .isNull();
    }

    private static boolean contains(VersionRange range, String version) {
        SemanticVersion parsed = SemanticVersion.parse(version);
        assertThat(parsed).as(version).isNotNull();
        return range.contains(parsed);
    }

    private static Iterable<String> versions(String list) {
        return list.isEmpty() ? List.of() : Arrays.asList(list.split(" "));
    }
}
