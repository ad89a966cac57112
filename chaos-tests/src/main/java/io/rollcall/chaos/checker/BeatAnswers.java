package io.rollcall.chaos.checker;

import io.rollcall.chaos.lease.BeatEnding;
import io.rollcall.chaos.report.Figure;
import java.util.List;

/**
 * The check that beats are answered by what is registered: none is acknowledged for what was removed, and none is refused for
 * what is there; a refusal says that the instance must register anew.
 */
final class BeatAnswers {

    private static final String NOT_FOUND = "instance-not-found";
    private static final String REREGISTER = "reregister";

    private BeatAnswers() {}

    static void check(Lives lives, Findings findings) {
        for (Life life : lives.all()) {
            Covers covers = Covers.of(life);
            for (Life.Attempt attempt : life.attempts()) {
                if (!attempt.enrols()) {
                    count(attempt, findings);
                    String wrong = wrong(life, attempt, covers);
                    if (!wrong.isEmpty()) {
                        findings.violated(
                                Figure.BEATS_ANSWERED_WRONG,
                                "a beat of " + life.ref() + " through " + attempt.node() + ", sent at "
                                        + EarlyExpiry.millis(attempt.sentNanos()) + " ms, " + wrong);
                    }
                }
            }
        }
    }

    private static void count(Life.Attempt attempt, Findings findings) {
        if (attempt.ending() == BeatEnding.ACKED) {
            findings.count(Figure.BEATS, 1);
        } else if (attempt.ending() == BeatEnding.REFUSED) {
            findings.count(Figure.BEATS_REFUSED, 1);
        }
    }

    /** What is wrong with its answer; empty if nothing is. */
    private static String wrong(Life life, Life.Attempt attempt, Covers covers) {
        return switch (attempt.ending()) {
            case ACKED -> wasRemoved(life, attempt) ? "was acknowledged although the instance had been removed" : "";
            case REFUSED -> wrongRefusal(life, attempt, covers);
            case UNHEARD, UNKNOWN -> "";
        };
    }

    private static boolean wasRemoved(Life life, Life.Attempt beat) {
        return life.shown().values().stream()
                .flatMap(List::stream)
                .filter(shown -> shown.sighting().isAbsent() && shown.poll().answeredNanos() < beat.sentNanos())
                .anyMatch(shown -> life.attempts().stream()
                        .noneMatch(attempt -> attempt.enrols()
                                && attempt.endedNanos() >= shown.decidedAfterNanos()
                                && attempt.sentNanos() <= beat.endedNanos()));
    }

    private static String wrongRefusal(Life life, Life.Attempt beat, Covers covers) {
        if (!beat.code().equals(NOT_FOUND)) {
            boolean enrolling = life.attempts().stream()
                    .anyMatch(attempt -> attempt.enrols()
                            && attempt.sentNanos() <= beat.endedNanos()
                            && attempt.endedNanos() >= beat.sentNanos());
            return enrolling ? "" : "was refused by " + beat.code() + " although it named the newest incarnation";
        }
        if (!beat.action().equals(REREGISTER)) {
            return "was refused without the advice to register anew, but '" + beat.action() + "'";
        }
        return life.ttlNanos() > 0 && covers.contain(beat.sentNanos(), beat.endedNanos())
                ? "was refused as unknown although its lease ran"
                : "";
    }
}
