package io.rollcall.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceParentsTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String VALID = "00-" + TRACE + "-" + SPAN + "-01";

    @Test
    void partsOfAValidOneAreRead() {
        assertThat(TraceParents.of(VALID)).isEqualTo(VALID);
        assertThat(TraceParents.traceId(VALID)).isEqualTo(TRACE);
        assertThat(TraceParents.spanId(VALID)).isEqualTo(SPAN);
    }

    @Test
    void oneOfALaterVersionIsReadAsFarAsItIsKnown() {
        assertThat(TraceParents.of("cc-" + TRACE + "-" + SPAN + "-01")).isEqualTo(VALID);
        assertThat(TraceParents.of("cc-" + TRACE + "-" + SPAN + "-01-what-the-future-brings"))
                .isEqualTo(VALID);
        assertThat(TraceParents.of("cc-" + TRACE + "-" + SPAN + "-01.x")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-" + TRACE + "-" + SPAN,
                "00-" + TRACE + "-" + SPAN + "-1",
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "00-" + TRACE + "-" + SPAN + "-01 ",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "0g-" + TRACE + "-" + SPAN + "-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00_" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "_" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-zz",
            })
    void whatIsNotValidIsNone(String header) {
        assertThat(TraceParents.of(header)).isNull();
    }

    @Test
    void theLastBitOfTheFlagsSaysWhetherItIsSampled() {
        assertThat(TraceParents.isSampled(VALID)).isTrue();
        assertThat(TraceParents.isSampled("00-" + TRACE + "-" + SPAN + "-03")).isTrue();
        assertThat(TraceParents.isSampled("00-" + TRACE + "-" + SPAN + "-00")).isFalse();
        assertThat(TraceParents.isSampled("00-" + TRACE + "-" + SPAN + "-02")).isFalse();
        assertThat(TraceParents.isSampled(null)).isFalse();
        assertThat(TraceParents.isSampled("written by an older version")).isFalse();
    }
}
