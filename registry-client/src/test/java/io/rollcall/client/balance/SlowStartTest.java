package io.rollcall.client.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rollcall.api.model.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SlowStartTest {

    private static final Duration WINDOW = Duration.ofSeconds(32);

    private final ManualTime time = new ManualTime();
    private List<Instance> list = Sample.list(Sample.of("old"));

    @Test
    void thePartRisesWithTime() {
        SlowStart line = new SlowStart(WINDOW, 1, 0.1);
        SlowStart quick = new SlowStart(WINDOW, 2, 0.1);
        SlowStart slow = new SlowStart(WINDOW, 0.5, 0.01);

        assertThat(part(line, 0)).isEqualTo(0.1);
        assertThat(part(line, 2)).isEqualTo(0.1);
        assertThat(part(line, 8)).isCloseTo(0.25, within(1e-9));
        assertThat(part(quick, 8)).isCloseTo(0.5, within(1e-9));
        assertThat(part(slow, 8)).isCloseTo(0.0625, within(1e-9));
        assertThat(part(line, 32)).isEqualTo(1);
        assertThat(part(SlowStart.off(), 0)).isEqualTo(1);
    }

    @Test
    void aNewInstanceGetsItsShareStepByStep() {
        BalancedCalls calls = calls(SlowStart.over(WINDOW));
        calls.pick();
        list = Sample.list(Sample.of("old"), Sample.of("new").healthySince(ManualTime.START));

        assertThat(shareOfNew(calls)).isCloseTo(0.1 / 1.1, within(0.01));
        time.pass(Duration.ofSeconds(8));
        assertThat(shareOfNew(calls)).isCloseTo(0.25 / 1.25, within(0.01));
        time.pass(Duration.ofSeconds(8));
        assertThat(shareOfNew(calls)).isCloseTo(0.5 / 1.5, within(0.01));
        time.pass(Duration.ofSeconds(16));
        assertThat(shareOfNew(calls)).isEqualTo(0.5);
    }

    @Test
    void aServiceThatIsNewAsAWholeGetsAllItsCalls() {
        list = Sample.list(
                Sample.of("a").healthySince(ManualTime.START), Sample.of("new").healthySince(ManualTime.START));

        assertThat(shareOfNew(calls(SlowStart.over(WINDOW)))).isEqualTo(0.5);
    }

    @Test
    void oneThatRecoversStartsSlowlyAgain() {
        list = Sample.list(Sample.of("old"), Sample.of("new"));
        BalancedCalls calls = calls(SlowStart.over(WINDOW));
        assertThat(shareOfNew(calls)).isEqualTo(0.5);

        time.pass(Duration.ofMinutes(1));
        Instant recovered = ManualTime.START.plus(Duration.ofMinutes(1));
        list = Sample.list(Sample.of("old"), Sample.of("new").healthySince(recovered));

        assertThat(shareOfNew(calls)).isLessThan(0.1);
    }

    @Test
    void newsOfOtherKindsDoNotStartItAnew() {
        list = Sample.list(Sample.of("old"), Sample.of("new").healthySince(ManualTime.START));
        BalancedCalls calls = calls(SlowStart.over(WINDOW));
        calls.pick();
        time.pass(Duration.ofSeconds(16));

        list = Sample.list(
                Sample.of("old"), Sample.of("third"), Sample.of("new").healthySince(ManualTime.START));

        assertThat(shareOfNew(calls)).isCloseTo(0.5 / 2.5, within(0.01));
    }

    /** The program starts an hour ahead of the registry, or behind it: new instances of later lists start slowly all the same. */
    @Test
    void aWrongClockDoesNotMatterLater() {
        for (int hours : new int[] {-1, 1}) {
            list = Sample.list(Sample.of("old"));
            time.setWall(ManualTime.START.plus(Duration.ofHours(hours)));
            BalancedCalls calls = calls(SlowStart.over(WINDOW));
            calls.pick();
            list = Sample.list(Sample.of("old"), Sample.of("new").healthySince(ManualTime.START));

            assertThat(shareOfNew(calls)).isCloseTo(0.1 / 1.1, within(0.01));
        }
    }

    @Test
    void withoutAWindowAllAreAlike() {
        BalancedCalls calls = calls(SlowStart.off());
        calls.pick();
        list = Sample.list(Sample.of("old"), Sample.of("new").healthySince(ManualTime.START));

        assertThat(shareOfNew(calls)).isEqualTo(0.5);
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> SlowStart.over(Duration.ofSeconds(-1))).hasMessageContaining("window");
        assertThatThrownBy(() -> new SlowStart(WINDOW, 0, 0.1)).hasMessageContaining("aggression");
        assertThatThrownBy(() -> new SlowStart(WINDOW, 1, 0)).hasMessageContaining("minPart");
    }

    private BalancedCalls calls(SlowStart slowStart) {
        BalancedCallsBuilder builder = BalancedCalls.over(() -> list).slowStart(slowStart);
        return builder.time(time).build();
    }

    /** As picked, over many whole cycles. */
    private static double shareOfNew(BalancedCalls calls) {
        int picks = 12_800;
        int news = 0;
        for (int i = 0; i < picks; i++) {
            if (calls.pick().key().id().value().equals("new")) {
                news++;
            }
        }
        return (double) news / picks;
    }

    private static double part(SlowStart slowStart, int seconds) {
        return slowStart.part(Duration.ofSeconds(seconds).toNanos());
    }
}
