package io.rollcall.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is noted comes out as it went in, at the time at which it was noted. */
final class RecorderTest {

    private static final long START = -5_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(START);
    private final Recorder recorder = new Recorder("DemoIT.works", "It works", 7, nanos::get, 1_000);

    @Test
    void figuresAndSamplesAreSummedUp() {
        recorder.count(Figure.ACKNOWLEDGED, 40);
        recorder.count(Figure.ACKNOWLEDGED, 2);
        recorder.count(Figure.LOST, 0);
        recorder.millis("rejoin", 120);
        recorder.millis("rejoin", 80);

        ScenarioResult result = recorder.finish(Verdict.PASSED, "");

        assertThat(result.figures()).containsOnly(Map.entry(Figure.ACKNOWLEDGED, 42L), Map.entry(Figure.LOST, 0L));
        assertThat(result.millis()).containsOnly(Map.entry("rejoin", List.of(120L, 80L)));
        assertThat(result.seed()).isEqualTo(7);
        assertThat(result.outcome()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void nothingIsCountedBackwards() {
        assertThatThrownBy(() -> recorder.count(Figure.LOST, -1)).hasMessageContaining("writes lost");
    }

    @Test
    void aViolationIsAFailureWhateverTheVerdictSays() {
        recorder.count(Figure.LOST, 1);

        ScenarioResult result = recorder.finish(Verdict.PASSED, "");

        assertThat(result.violations()).containsExactly(Figure.LOST);
        assertThat(result.outcome()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void operationsAreCountedInTheSecondOfTheirEnd() {
        operation(Ending.ACKNOWLEDGED, 100, 10);
        operation(Ending.ACKNOWLEDGED, 900, 30);
        operation(Ending.NOT_DONE, 999, 5);
        operation(Ending.UNKNOWN, 3_000, 700);
        passTo(3_500);

        List<Second> seconds = recorder.finish(Verdict.PASSED, "").seconds();

        assertThat(seconds).hasSize(4).contains(new Second(1, 0, 0, 0, 0, 0), new Second(2, 0, 0, 0, 0, 0));
        assertThat(seconds.get(0).acknowledged()).isEqualTo(2);
        assertThat(seconds.get(0).notDone()).isEqualTo(1);
        assertThat(seconds.get(0).medianMillis()).isCloseTo(10, within(0.2));
        assertThat(seconds.get(0).p99Millis()).isCloseTo(30, within(0.5));
        assertThat(seconds.get(3).unknown()).isEqualTo(1);
    }

    @Test
    void secondsWithoutOperationsAtTheEndAreThereToo() {
        operation(Ending.ACKNOWLEDGED, 100, 10);
        passTo(5_100);

        assertThat(recorder.finish(Verdict.PASSED, "").seconds()).hasSize(6);
    }

    @Test
    void withoutAnyOperationThereIsNoTimeline() {
        passTo(5_100);

        assertThat(recorder.finish(Verdict.PASSED, "").seconds()).isEmpty();
    }

    @Test
    void aFaultLastsUntilItIsClosed() {
        passTo(1_000);
        try (OpenFault fault = recorder.fault("kill", "n2 (leader)")) {
            passTo(1_400);
            fault.hit("exit code 137");
        }
        passTo(2_000);
        OpenFault open = recorder.fault("partition", "n1");
        passTo(9_000);

        ScenarioResult result = recorder.finish(Verdict.FAILED, "no leader");
        open.close();

        assertThat(result.faults())
                .containsExactly(
                        new FaultSpan("kill", "n2 (leader)", 1_000, 1_400, "exit code 137"),
                        new FaultSpan("partition", "n1", 2_000, 9_000, ""));
        assertThat(result.tookMillis()).isEqualTo(9_000);
    }

    @Test
    void manyThreadsLoseNothing() {
        List<CompletableFuture<Void>> threads = IntStream.range(0, 4)
                .mapToObj(thread -> CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < 500; i++) {
                                recorder.count(Figure.ACKNOWLEDGED, 1);
                                recorder.operation(Ending.ACKNOWLEDGED, START, 1);
                                recorder.fault("kill", "n1").close();
                            }
                        },
                        task -> new Thread(task).start()))
                .toList();
        threads.forEach(CompletableFuture::join);

        ScenarioResult result = recorder.finish(Verdict.PASSED, "");

        assertThat(result.figures()).containsEntry(Figure.ACKNOWLEDGED, 2_000L);
        assertThat(result.seconds().get(0).acknowledged()).isEqualTo(2_000);
        assertThat(result.faults()).hasSize(2_000);
    }

    @Test
    void anEndlessReasonIsCut() {
        ScenarioResult result = recorder.finish(Verdict.FAILED, "x".repeat(Recorder.MAX_REASON_LENGTH + 1));

        assertThat(result.reason()).hasSize(Recorder.MAX_REASON_LENGTH + 2).endsWith("…");
    }

    private void operation(Ending ending, long atMillis, long latencyMillis) {
        recorder.operation(
                ending, START + TimeUnit.MILLISECONDS.toNanos(atMillis), TimeUnit.MILLISECONDS.toNanos(latencyMillis));
    }

    private void passTo(long millis) {
        nanos.set(START + TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
