package io.rollcall.chaos.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.chaos.checker.Findings;
import io.rollcall.chaos.checker.WatchChecks;
import io.rollcall.chaos.checker.WatchTruth;
import io.rollcall.chaos.report.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads that wait for changes, at two nodes. */
final class BlockingReadersTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final StubRegistry registry = new StubRegistry();
    private WatchStub first;
    private WatchStub second;
    private BlockingReaders readers;

    @BeforeEach
    void start() throws IOException {
        first = new WatchStub("n1", registry);
        second = new WatchStub("n2", registry);
        registry.write("a", "1", "first");
        readers = new BlockingReaders(
                List.of(first.door(), second.door()), List.of("a", "b", "a"), new SplittableRandom(1));
    }

    @AfterEach
    void stop() {
        readers.close();
        first.close();
        second.close();
    }

    @Test
    void readersHearOfAllChanges() {
        change(4);

        assertThat(check().figure(Figure.BLOCKING_READS)).isGreaterThanOrEqualTo(8);
    }

    @Test
    void readersGoOnWhereANodeIsGone() {
        change(2);
        first.close();
        change(2);

        check();
    }

    private void change(int count) {
        for (int i = 0; i < count; i++) {
            long index = registry.write(i % 2 == 0 ? "a" : "b", "i", "m" + i);
            awaitHeardOf(index);
        }
    }

    private void awaitHeardOf(long index) {
        await().atMost(LIMIT).until(() -> readers.haveHeardOf(index));
    }

    private Findings check() {
        Findings findings = WatchChecks.check(readers.stories(), new WatchTruth(registry.changes()));
        // The stub answers after half a second what a node would let wait for longer.
        assertThat(findings.violations()).allMatch(violation -> violation.contains("ended early"));
        return findings;
    }
}
