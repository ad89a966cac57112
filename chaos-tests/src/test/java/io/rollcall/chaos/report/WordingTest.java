package io.rollcall.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Numbers are written so that nobody misreads them. */
final class WordingTest {

    @Test
    void durationsHaveTwoUnitsAtMost() {
        assertThat(Wording.duration(850)).isEqualTo("850 ms");
        assertThat(Wording.duration(12_345)).isEqualTo("12.3 s");
        assertThat(Wording.duration(1_805_000)).isEqualTo("30 min 5 s");
        assertThat(Wording.duration(7_440_000)).isEqualTo("2 h 4 min");
    }

    @Test
    void momentsAreGivenToTheTenthOfASecond() {
        assertThat(Wording.moment(65_180)).isEqualTo("1:05.1");
        assertThat(Wording.clock(3_725)).isEqualTo("1:02:05");
    }

    @Test
    void aSmallShareIsNotNothingAndALargeOneNotAll() {
        assertThat(Wording.percent(0, 100_000)).isEqualTo("0 %");
        assertThat(Wording.percent(1, 100_000)).isEqualTo("< 0.01 %");
        assertThat(Wording.percent(99_999, 100_000)).isEqualTo("> 99.99 %");
        assertThat(Wording.percent(1, 3)).isEqualTo("33.33 %");
    }

    @Test
    void theBoundOfARateIsThreeByTheTrials() {
        assertThat(Wording.upperBound(300)).isEqualTo("below 1 in 100 (95 %, 3/M)");
        assertThat(Wording.upperBound(2)).isEqualTo("no bound from so few");
    }

    @Test
    void percentilesAreSamplesThatWereSeen() {
        Samples hundred = Samples.of(LongStream.rangeClosed(1, 100).boxed().toList());

        assertThat(hundred.percentile(50)).isEqualTo(50);
        assertThat(hundred.percentile(99)).isEqualTo(99);
        assertThat(hundred.max()).isEqualTo(100);
        assertThat(Samples.of(List.of(7L)).percentile(99)).isEqualTo(7);
    }

    @Test
    void repeatingNamesTheMethodAsMavenDoes() {
        RepeatCommand repeat = new RepeatCommand(SampleRun.report().origin());

        assertThat(repeat.words(SampleRun.result("A.B.dies [1] n1", Verdict.PASSED, "", Map.of())))
                .contains("-Dit.test='A$B#dies'")
                .noneMatch(word -> word.contains("seed"));
        assertThat(repeat.words(SampleRun.result("OffIT", Verdict.SKIPPED, "", Map.of())))
                .contains("-Dit.test='OffIT'");
    }
}
