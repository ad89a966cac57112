package io.rollcall.chaos.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.Written;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.watch.Frame;
import io.rollcall.chaos.watch.Held;
import io.rollcall.chaos.watch.Step;
import io.rollcall.chaos.watch.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Streams that are right, and streams each of which is wrong in one way. */
final class WatchChecksTest {

    private static final String A = "a";
    private static final String B = "b";

    private final List<Written> changes = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    WatchChecksTest() {
        written(10, A, "x", "m10");
        written(11, B, "y", "m11");
        written(12, A, "x", "m12");
        written(13, A, "z", "m13");
        written(14, B, "y", null);
        written(15, A, "z", null);
    }

    @Test
    void streamOfEveryChangeIsRight() {
        opened(-1);
        snapshot(10, A, 10, Map.of("x", held(10)));
        change(12, A, 10, 12, Map.of("x", held(12)));
        change(13, A, 12, 13, Map.of("z", held(13)));
        change(15, A, 13, 15, Map.of(), "z");
        sync(15);

        assertRight(A);
    }

    @Test
    void changesMayBeMerged() {
        opened(-1);
        snapshot(10, A, 10, Map.of("x", held(10)));
        change(15, A, 10, 15, Map.of("x", held(12)), "z");

        assertRight(A);
    }

    @Test
    void eventsBeforeTheLastOfAFlushRepeatTheIdBefore() {
        opened(-1);
        snapshot(0, A, 10, Map.of("x", held(10)));
        snapshot(11, B, 11, Map.of("y", held(11)));
        change(11, B, 11, 14, Map.of(), "y");
        change(15, A, 10, 15, Map.of("x", held(12)));

        assertRight(A, B);
    }

    @Test
    void streamGoesOnWhereItBrokeOff() {
        opened(-1);
        snapshot(10, A, 10, Map.of("x", held(10)));
        opened(10);
        change(15, A, 10, 15, Map.of("x", held(12)), "z");

        Findings findings = assertRight(A);
        assertThat(findings.figure(Figure.WATCH_RESUMES)).isEqualTo(1);
        assertThat(findings.figure(Figure.WATCH_RESUMES_BY_SNAPSHOT)).isZero();
    }

    @Test
    void resumeMayRepeatWhatWasToldAheadOfTheId() {
        opened(-1);
        snapshot(0, A, 10, Map.of("x", held(10)));
        snapshot(11, B, 11, Map.of("y", held(11)));
        change(11, A, 10, 13, Map.of("x", held(12), "z", held(13)));
        opened(11);
        // By a node that is behind, and then one by one.
        change(11, A, 10, 12, Map.of("x", held(12)));
        change(14, B, 11, 14, Map.of(), "y");
        change(15, A, 12, 15, Map.of(), "z");

        assertThat(assertRight(A, B).figure(Figure.WATCH_REPEATED)).isEqualTo(1);
    }

    @Test
    void snapshotsThatBeginAnewAreCounted() {
        opened(-1);
        snapshot(10, A, 10, Map.of("x", held(10)));
        snapshot(12, A, 12, Map.of("x", held(12)));
        opened(12);
        snapshot(15, A, 15, Map.of("x", held(12)));

        Findings findings = assertRight(A);
        assertThat(findings.figure(Figure.WATCH_RESTARTS)).isEqualTo(1);
        assertThat(findings.figure(Figure.WATCH_RESUMES_BY_SNAPSHOT)).isEqualTo(1);
    }

    @Test
    void watcherOfAllNeedsNotHearOfAServiceThatIsEmptyAgain() {
        opened(-1);
        snapshot(15, A, 15, Map.of("x", held(12)));

        assertRight();
    }

    @Test
    void whatDiscoveryReturnsNeitherBeforeNorAfterTouchesNobody() {
        written(16, A, "z", null);
        opened(-1);
        snapshot(15, A, 15, Map.of("x", held(12)));
        sync(20);

        assertRight(A);
    }

    @Test
    void gapIsFound() {
        opened(-1);
        snapshot(10, A, 10, Map.of("x", held(10)));
        change(15, A, 12, 15, Map.of("x", held(12)));

        assertFound(Figure.WATCH_GAPS, A);
    }

    @Test
    void changeBeforeAnySnapshotIsFound() {
        opened(-1);
        change(15, A, 10, 15, Map.of("x", held(12)));

        assertFound(Figure.WATCH_GAPS, A);
    }

    @Test
    void repeatedChangeIsFound() {
        opened(-1);
        snapshot(12, A, 12, Map.of("x", held(12)));
        change(15, A, 10, 15, Map.of("x", held(12)), "z");

        assertFound(Figure.WATCH_DUPLICATES, A);
    }

    @Test
    void instanceThatDidNotChangeIsFound() {
        opened(-1);
        snapshot(12, A, 12, Map.of("x", held(12)));
        change(15, A, 12, 15, Map.of("x", held(12)), "z");

        assertFound(Figure.WATCH_DUPLICATES, A);
    }

    @Test
    void missingChangeIsFoundInWhatIsPutTogether() {
        opened(-1);
        snapshot(10, A, 10, Map.of("x", held(10)));
        change(15, A, 10, 15, Map.of(), "z");

        assertFound(Figure.WATCH_WRONG, A);
    }

    @Test
    void snapshotOfAnotherIndexIsFound() {
        opened(-1);
        snapshot(13, A, 13, Map.of("x", held(12)));
        change(15, A, 13, 15, Map.of(), "z");

        assertFound(Figure.WATCH_WRONG, A);
    }

    @Test
    void idThatPromisesTooMuchIsFound() {
        opened(-1);
        snapshot(10, A, 10, Map.of("x", held(10)));
        sync(12);
        change(15, A, 10, 15, Map.of("x", held(12)), "z");

        assertFound(Figure.WATCH_MISSED, A);
    }

    @Test
    void resumeFromALaterIndexIsFound() {
        opened(-1);
        snapshot(10, A, 10, Map.of("x", held(10)));
        opened(10);
        change(15, A, 12, 15, Map.of("x", held(12)), "z");

        assertFound(Figure.WATCH_GAPS, A);
    }

    @Test
    void streamThatFallsSilentIsFound() {
        opened(-1);
        snapshot(10, A, 10, Map.of("x", held(10)));

        assertThat(check(A).figure(Figure.WATCH_MISSED)).isEqualTo(3);
    }

    @Test
    void idThatFallsIsFound() {
        opened(-1);
        snapshot(15, A, 15, Map.of("x", held(12)));
        sync(14);

        assertFound(Figure.WATCH_WENT_BACK, A);
    }

    @Test
    void versionThatFallsIsFoundOverNodes() {
        opened(-1);
        snapshot(15, A, 15, Map.of("x", held(12)));
        opened(15);
        snapshot(15, A, 12, Map.of("x", held(12)));

        assertFound(Figure.WATCH_WENT_BACK, A);
    }

    @Test
    void syncUnderAnotherIdIsFound() {
        opened(-1);
        snapshot(15, A, 15, Map.of("x", held(12)));
        steps.add(new Step.Told(16, new Frame.Sync(17)));

        assertFound(Figure.WATCH_IDS_WRONG, A);
    }

    @Test
    void wakeUpForNothingIsFound() {
        opened(-1);
        snapshot(15, A, 15, Map.of("x", held(12)));
        change(17, A, 15, 17, Map.of());

        assertFound(Figure.WATCH_USELESS, A);
    }

    @Test
    void readsThatWaitAreRightAndNoRestarts() {
        answer(10, 10, Map.of("x", held(10)), false);
        answer(14, 13, Map.of("x", held(12), "z", held(13)), true);
        answer(14, 13, Map.of("x", held(12), "z", held(13)), false);
        answer(15, 15, Map.of("x", held(12)), true);

        Findings findings = check(A);
        assertThat(findings.violations()).isEmpty();
        assertThat(findings.figure(Figure.BLOCKING_READS)).isEqualTo(4);
        assertThat(findings.figure(Figure.WATCH_RESTARTS)).isZero();
    }

    @Test
    void readThatEndsEarlyForNothingIsFound() {
        answer(15, 15, Map.of("x", held(12)), false);
        answer(16, 15, Map.of("x", held(12)), true);

        assertFound(Figure.WATCH_USELESS, A);
    }

    @Test
    void readThatMissesWhatItsNodeHasAppliedIsFound() {
        answer(12, 10, Map.of("x", held(10)), false);
        answer(15, 15, Map.of("x", held(12)), true);

        assertFound(Figure.WATCH_MISSED, A);
    }

    @Test
    void twoChangesOfOneIndexAreNoTruth() {
        assertThatThrownBy(() -> new WatchTruth(List.of(changes.get(0), changes.get(0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10");
    }

    private Findings assertRight(String... services) {
        Findings findings = check(services);
        assertThat(findings.violations()).isEmpty();
        assertThat(findings.figure(Figure.WATCH_EVENTS)).isPositive();
        return findings;
    }

    /** That it is found, and nothing else. */
    private void assertFound(Figure figure, String... services) {
        Findings findings = check(services);
        assertThat(findings.figure(figure)).as(figure.label()).isEqualTo(1);
        assertThat(findings.violations()).hasSize(1);
    }

    private Findings check(String... services) {
        return WatchChecks.check(List.of(new Story("w", List.of(services), steps)), new WatchTruth(changes));
    }

    private void written(long index, String service, String id, @Nullable String mark) {
        changes.add(new Written(new InstanceRef(service, id), index, mark));
    }

    private static Held held(long index) {
        return new Held(index, "m" + index);
    }

    private void opened(long resumedFrom) {
        steps.add(new Step.Opened("n1", resumedFrom));
    }

    private void snapshot(long id, String service, long index, Map<String, Held> instances) {
        steps.add(new Step.Told(id, new Frame.Snapshot(service, index, instances)));
    }

    private void change(long id, String service, long from, long to, Map<String, Held> upserted, String... removed) {
        steps.add(new Step.Told(id, new Frame.Change(service, from, to, upserted, Set.of(removed))));
    }

    private void answer(long applied, long index, Map<String, Held> instances, boolean woken) {
        steps.add(new Step.Told(applied, new Frame.Answer(A, index, instances, woken)));
    }

    private void sync(long index) {
        steps.add(new Step.Told(index, new Frame.Sync(index)));
    }
}
