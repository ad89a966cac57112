package io.rollcall.chaos.checker;

import io.rollcall.chaos.report.Figure;
import java.util.List;
import java.util.Map;

/** The check that what was given up comes back by a sign of life alone, and what was removed by a registration alone. */
final class Resurrections {

    private Resurrections() {}

    static void check(Lives lives, Findings findings) {
        for (Life life : lives.all()) {
            // A check revives by itself; that is held against what its target answered.
            if (life.ttlNanos() > 0 && life.retries() == 0) {
                check(life, findings);
            }
        }
    }

    private static void check(Life life, Findings findings) {
        for (Map.Entry<String, List<Life.Shown>> node : life.shown().entrySet()) {
            List<Life.Shown> shown = node.getValue();
            for (int i = 1; i < shown.size(); i++) {
                Life.Shown before = shown.get(i - 1);
                Life.Shown back = shown.get(i);
                if (before.sighting().isGone() && back.sighting().isPassing() && !isCalled(life, before, back)) {
                    findings.violated(
                            Figure.RESURRECTED,
                            life.ref() + " was " + before.sighting().status() + " on " + node.getKey() + " at "
                                    + EarlyExpiry.millis(before.poll().answeredNanos()) + " ms and is passing at "
                                    + EarlyExpiry.millis(back.poll().answeredNanos()) + " ms without a sign of life");
                }
            }
        }
    }

    private static boolean isCalled(Life life, Life.Shown gone, Life.Shown back) {
        return life.attempts().stream()
                .filter(attempt -> attempt.enrols() || !gone.sighting().isAbsent())
                .anyMatch(attempt -> attempt.mayBeHeard()
                        && attempt.heardByNanos() >= gone.decidedAfterNanos()
                        && attempt.sentNanos() <= back.poll().answeredNanos());
    }
}
