package io.rollcall.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "0s, 0",
        "1ms, 1",
        "999ms, 999",
        "1s, 1000",
        "1500ms, 1500",
        "90s, 90000",
        "5m, 300000",
        "2h, 7200000",
        "25h, 90000000",
    })
    void formatIsTheInverseOfParse(String text, long millis) {
        Duration duration = Durations.parse("ttl", text);

        assertThat(duration).isEqualTo(Duration.ofMillis(millis));
        assertThat(Durations.format(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"60s, 1m", "0ms, 0s", "0h, 0s", "1000ms, 1s", "120m, 2h", "007s, 7s"})
    void formatTakesTheLargestUnitThatDivides(String text, String formatted) {
        assertThat(Durations.format(Durations.parse("ttl", text))).isEqualTo(formatted);
    }

    @Test
    void longestNumberDoesNotOverflow() {
        assertThat(Durations.parse("ttl", "999999999999h")).isEqualTo(Duration.ofHours(999_999_999_999L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "10",
                "10 s",
                " 10s",
                "10s ",
                "-1s",
                "+1s",
                "1.5s",
                "1h30m",
                "1d",
                "10S",
                "10sec",
                "PT10S",
                "1us",
                "1000000000000s",
                "٣s",
            })
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> Durations.parse("ttl", text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("ttl must be a whole number with a unit ms, s, m or h, such as 500ms, 10s, 5m, 2h");
    }
}
