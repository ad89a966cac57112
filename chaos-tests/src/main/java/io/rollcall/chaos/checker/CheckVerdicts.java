package io.rollcall.chaos.checker;

import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.report.Figure;
import java.time.Duration;
import java.util.List;

/**
 * The check that a verdict rests on what its leader saw itself: before a node shows an instance as critical, one leader that may
 * have decided it must have got {@code retries} bad answers in a row from the target, and {@code successes} good ones before
 * passing.
 */
final class CheckVerdicts {

    /** From the last answer that a verdict rests on until it is decided, at most; the next answer may come in between. */
    private static final long DECISION_NANOS = Duration.ofSeconds(2).toNanos();

    private final List<Reigns.Reign> reigns;
    private final Findings findings;

    private CheckVerdicts(Lives lives, Findings findings) {
        this.reigns = new Reigns(lives).all();
        this.findings = findings;
    }

    static void check(Lives lives, Findings findings) {
        CheckVerdicts check = new CheckVerdicts(lives, findings);
        for (Life life : lives.all()) {
            if (life.retries() > 0 && life.ttlNanos() == 0) {
                // Zero is a finding, too, but only where there are checks.
                findings.count(Figure.VERDICTS_UNFOUNDED, 0);
                life.shown().forEach((node, shown) -> check.check(life, node, shown));
            }
        }
    }

    private void check(Life life, String node, List<Life.Shown> shown) {
        for (Life.Shown turn : shown) {
            boolean bad = turn.sighting().isCritical();
            // What was there when the node was first looked at was decided at any time before.
            if (turn.before() == null || !(bad || turn.sighting().isPassing())) {
                continue;
            }
            findings.count(Figure.VERDICTS, 1);
            int needed = bad ? life.retries() : life.successes();
            if (reigns.stream().noneMatch(reign -> isFounded(life, turn, reign, needed, !bad))) {
                findings.violated(
                        Figure.VERDICTS_UNFOUNDED,
                        life.ref() + " is " + turn.sighting().status() + " on " + node + " at "
                                + EarlyExpiry.millis(turn.poll().answeredNanos()) + " ms, and no leader had seen "
                                + needed + (bad ? " bad" : " good") + " answers in a row by then");
            }
        }
    }

    private static boolean isFounded(Life life, Life.Shown turn, Reigns.Reign reign, int needed, boolean good) {
        long latest = Math.min(turn.poll().answeredNanos(), reign.toNanos());
        long earliest = turn.decidedAfterNanos();
        int inARow = 0;
        for (LeaseEvent.Probed probe : life.probes()) {
            if (probe.atNanos() < reign.fromNanos() || probe.atNanos() > latest) {
                continue;
            }
            boolean contradicts = probe.good() != good;
            if (contradicts && inARow >= needed && probe.atNanos() + DECISION_NANOS >= earliest) {
                return true;
            }
            inARow = contradicts ? 0 : inARow + 1;
        }
        return inARow >= needed && reign.toNanos() >= earliest;
    }
}
