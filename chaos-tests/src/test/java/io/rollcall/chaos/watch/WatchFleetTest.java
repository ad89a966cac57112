package io.rollcall.chaos.watch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rollcall.chaos.checker.Findings;
import io.rollcall.chaos.checker.WatchChecks;
import io.rollcall.chaos.checker.WatchTruth;
import io.rollcall.chaos.report.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many watchers on two nodes that stream, well or badly. */
final class WatchFleetTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final StubRegistry registry = new StubRegistry();
    private final List<Long> resumed = new CopyOnWriteArrayList<>();
    private WatchStub first;
    private WatchStub second;
    private WatchFleet fleet;

    @BeforeEach
    void start() throws IOException {
        first = new WatchStub("n1", registry);
        second = new WatchStub("n2", registry);
        fleet = new WatchFleet(List.of(first.door(), second.door()), new SplittableRandom(1), resumed::add);
        registry.write("a", "1", "first");
        registry.write("b", "1", "first");
    }

    @AfterEach
    void stop() {
        fleet.close();
        first.close();
        second.close();
    }

    @Test
    void watchersAreToldEverythingThatTheyWatch() {
        addAll();
        change(20);

        Findings findings = finish();

        assertThat(findings.violations()).isEmpty();
        assertThat(findings.figure(Figure.WATCH_EVENTS)).isGreaterThan(20);
        assertThat(findings.figure(Figure.WATCH_RESUMES)).isZero();
    }

    @Test
    void streamsGoOnAtAnotherNodeWhereTheirNodeDies() {
        addAll();
        change(10);
        first.close();
        change(10);

        Findings findings = finish();

        assertThat(findings.violations()).isEmpty();
        assertThat(findings.figure(Figure.WATCH_RESUMES)).isPositive().isEqualTo(resumed.size());
        assertThat(findings.figure(Figure.WATCH_RESUMES_BY_SNAPSHOT)).isZero();
    }

    @Test
    void streamsGoOnWhereTheyAreMoved() {
        addAll();
        fleet.move(fleet.watchers(), second.door());
        change(10);
        first.close();

        Findings findings = finish();

        assertThat(findings.violations()).isEmpty();
        assertThat(findings.figure(Figure.WATCH_RESUMES))
                .isEqualTo(fleet.watchers().size());
    }

    @Test
    void resumeBySnapshotIsCountedAndIsNoFault() {
        second.manner = WatchStub.Manner.RESUMES_BY_SNAPSHOT;
        addAll();
        first.close();
        change(10);

        Findings findings = finish();

        assertThat(findings.violations()).isEmpty();
        assertThat(findings.figure(Figure.WATCH_RESUMES_BY_SNAPSHOT)).isPositive();
    }

    @Test
    void changeThatIsNotToldIsFound() {
        first.manner = WatchStub.Manner.FORGETFUL;
        addAll();
        change(20);

        assertThat(finish().figure(Figure.WATCH_WRONG)).isPositive();
    }

    @Test
    void resumeFromALaterIndexIsFound() {
        second.manner = WatchStub.Manner.RESUMES_LATE;
        addAll();
        // Their streams cannot go on before there is something to miss.
        second.status = 503;
        first.close();
        change(10);
        second.status = 200;

        Findings findings = finish();

        assertThat(findings.figure(Figure.WATCH_MISSED)).isPositive();
    }

    @Test
    void slowReaderReadsOnWhenItIsFastAgain() {
        Watcher slow = fleet.addSmall("slow", List.of("a"), first.door());
        slow.readAtMost(60);
        change(30);
        slow.readAtMost(0);

        Findings findings = finish();

        assertThat(findings.violations()).isEmpty();
    }

    @Test
    void answerThatNoRetryMendsEndsTheFleet() {
        first.status = 404;
        fleet.add("w", List.of(List.of("a")));

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThatThrownBy(fleet::requireAlive).hasStackTraceContaining("n1 refuses"));
    }

    private void addAll() {
        fleet.add("w", List.of(List.of("a"), List.of("b"), List.of("a", "b"), List.of(), List.of("empty"), List.of()));
        await().atMost(LIMIT).until(() -> fleet.watchers().stream().allMatch(watcher -> watcher.lastId() > 0));
    }

    /** Waits after each, so that bursts do not merge all of them. */
    private void change(int count) {
        for (int i = 0; i < count; i++) {
            boolean removes = i % 4 == 3;
            String id = "i" + (removes ? i - 2 : i) % 5;
            long index = registry.write(i % 2 == 0 ? "a" : "b", id, removes ? null : "m" + i);
            await().pollInterval(Duration.ofMillis(2))
                    .atMost(10, SECONDS)
                    .until(() -> fleet.watchers().stream()
                            .anyMatch(watcher -> watcher.lastId() >= index || !watcher.isOpen()));
        }
    }

    private Findings finish() {
        fleet.awaitTold(registry.index(), LIMIT);
        return WatchChecks.check(new ArrayList<>(fleet.stories()), new WatchTruth(registry.changes()));
    }
}
