package io.rollcall.chaos.checker;

import io.rollcall.chaos.lease.BeatEnding;
import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.lease.Sighting;
import io.rollcall.chaos.report.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The check that silent instances are given up in time, or flagged as suspect: no node whose answer vouches for a state after
 * the deadline shows one as well. A node that is behind says so, and is excused; so no allowance is made for how often the
 * nodes are looked at.
 */
final class LateExpiry {

    private static final String PLAIN = "from the end of a lease until all nodes gave the instance up";
    private static final String CHANGED = "the same with a leader change or a stopped leader within it";

    private final Reigns reigns;
    private final Lives lives;
    private final LeaseBounds bounds;
    private final Findings findings;
    private final Map<String, List<Long>> millis;

    private LateExpiry(Lives lives, LeaseBounds bounds, Findings findings, Map<String, List<Long>> millis) {
        this.lives = lives;
        this.reigns = new Reigns(lives);
        this.bounds = bounds;
        this.findings = findings;
        this.millis = millis;
    }

    static void check(Lives lives, LeaseBounds bounds, Findings findings, Map<String, List<Long>> millis) {
        LateExpiry check = new LateExpiry(lives, bounds, findings, millis);
        for (Life life : lives.all()) {
            if (life.ttlNanos() > 0) {
                life.silences().forEach(silence -> check.check(life, silence));
            }
        }
    }

    private void check(Life life, Life.Silence silence) {
        long heardBy = life.attempts().stream()
                .filter(attempt -> attempt.mayBeHeard() && attempt.sentNanos() <= silence.fromNanos())
                .mapToLong(Life.Attempt::heardByNanos)
                .max()
                .orElse(-1);
        if (heardBy < 0) {
            return;
        }
        long deadline = reigns.deadline(heardBy, life.ttlNanos(), bounds);
        boolean watched = false;
        for (Map.Entry<String, List<LeaseEvent.Polled>> node : lives.polls().entrySet()) {
            watched |= check(life, silence, node.getKey(), node.getValue(), deadline);
        }
        if (watched) {
            findings.count(Figure.SILENCES, 1);
        }
        measure(life, silence);
    }

    /** Whether the node vouched for a state after the deadline while the instance was silent. */
    private boolean check(
            Life life, Life.Silence silence, String node, List<LeaseEvent.Polled> polls, long deadlineNanos) {
        LeaseEvent.Polled poll = polls.stream()
                .filter(each -> each.currentAsOfNanos() > deadlineNanos)
                .findFirst()
                .orElse(null);
        if (poll == null || poll.answeredNanos() > silence.toNanos()) {
            return false;
        }
        Sighting sighting = life.shownAt(node, poll.answeredNanos());
        if (sighting != null && sighting.isPassing() && !sighting.suspect()) {
            findings.violated(
                    Figure.SILENT_SHOWN,
                    "silent instance " + life.ref() + " is passing on " + node + " at "
                            + EarlyExpiry.millis(poll.answeredNanos()) + " ms, silent since "
                            + EarlyExpiry.millis(silence.fromNanos()) + " ms, to be gone by "
                            + EarlyExpiry.millis(deadlineNanos) + " ms");
        }
        return true;
    }

    private void measure(Life life, Life.Silence silence) {
        Life.Attempt last = life.lastAcked(silence.fromNanos());
        if (last == null || last.ending() != BeatEnding.ACKED) {
            return;
        }
        long gone = -1;
        for (String node : lives.polls().keySet()) {
            long here = life.shown().getOrDefault(node, List.of()).stream()
                    .filter(shown -> shown.sighting().isGone())
                    .mapToLong(shown -> shown.poll().answeredNanos())
                    .filter(at -> at > last.sentNanos() && at <= silence.toNanos())
                    .findFirst()
                    .orElse(-1);
            if (here < 0) {
                return;
            }
            gone = Math.max(gone, here);
        }
        String name = reigns.isDisturbed(last.sentNanos(), gone) ? CHANGED : PLAIN;
        millis.computeIfAbsent(name, key -> new ArrayList<>())
                .add(EarlyExpiry.millis(Math.max(0, gone - last.sentNanos() - life.ttlNanos())));
    }
}
