package io.rollcall.chaos.checker;

import io.rollcall.chaos.lease.BeatEnding;
import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.report.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The check that no beating instance is given up. A node that shows one as gone shows a state between the time of which it
 * vouches and its answer; if acknowledged beats cover all of that, it was wrong.
 */
final class EarlyExpiry {

    private static final String GAPS = "longest time of an instance without an acknowledged beat";

    private final Lives lives;
    private final Findings findings;

    private EarlyExpiry(Lives lives, Findings findings) {
        this.lives = lives;
        this.findings = findings;
    }

    static void check(Lives lives, Findings findings, Map<String, List<Long>> millis) {
        EarlyExpiry check = new EarlyExpiry(lives, findings);
        for (Life life : lives.all()) {
            // A check has its own reasons to give an instance up.
            if (life.ttlNanos() > 0 && life.retries() == 0) {
                check.check(life);
                longestGap(life, millis);
            }
        }
    }

    private void check(Life life) {
        Covers covers = Covers.of(life);
        long departures = 0;
        long unheard = 0;
        boolean wrong = false;
        for (Map.Entry<String, List<Life.Shown>> node : life.shown().entrySet()) {
            List<Life.Shown> gone = departures(node.getValue());
            departures = Math.max(departures, gone.size());
            unheard = Math.max(
                    unheard,
                    gone.stream().filter(shown -> isUnheard(life, shown)).count());
            LeaseEvent.Polled proof = proof(node.getKey(), node.getValue(), covers);
            // One decision is seen on every node.
            if (proof != null && !wrong) {
                wrong = true;
                findings.violated(Figure.HEALTHY_EXPIRED, sentence(life, proof));
            }
        }
        findings.count(Figure.EXPIRIES, departures);
        findings.count(Figure.UNHEARD_EXPIRED, wrong ? 0 : unheard);
    }

    /** The first answer that shows it as gone while its lease certainly ran; null if there is none. */
    private LeaseEvent.@Nullable Polled proof(String node, List<Life.Shown> shown, Covers covers) {
        for (int i = 0; i < shown.size(); i++) {
            if (shown.get(i).sighting().isGone()) {
                long from = shown.get(i).poll().askedNanos();
                long to = i + 1 < shown.size() ? shown.get(i + 1).poll().askedNanos() : Long.MAX_VALUE;
                for (LeaseEvent.Polled poll : lives.polls().getOrDefault(node, List.of())) {
                    if (poll.askedNanos() >= from
                            && poll.askedNanos() < to
                            && covers.contain(poll.currentAsOfNanos(), poll.answeredNanos())) {
                        return poll;
                    }
                }
            }
        }
        return null;
    }

    /** Where a node goes from passing to gone. */
    static List<Life.Shown> departures(List<Life.Shown> shown) {
        List<Life.Shown> departures = new ArrayList<>();
        for (int i = 1; i < shown.size(); i++) {
            if (shown.get(i).sighting().isGone() && shown.get(i - 1).sighting().isPassing()) {
                departures.add(shown.get(i));
            }
        }
        return departures;
    }

    /** It never fell silent for a TTL before it was given up: it beat, and nobody acknowledged it. */
    private static boolean isUnheard(Life life, Life.Shown shown) {
        long last = shown.decidedAfterNanos() - life.ttlNanos();
        for (Life.Attempt attempt : life.attempts()) {
            long sent = attempt.sentNanos();
            if (sent > last && sent < shown.poll().answeredNanos()) {
                if (sent - last > life.ttlNanos()) {
                    return false;
                }
                last = sent;
            }
        }
        return shown.poll().answeredNanos() - last <= life.ttlNanos();
    }

    private static String sentence(Life life, LeaseEvent.Polled poll) {
        Life.Attempt last = life.lastAcked(poll.answeredNanos());
        String beat = last == null
                ? "no beat"
                : "the last acknowledged beat was sent at " + millis(last.sentNanos()) + " ms, and its TTL is "
                        + millis(life.ttlNanos()) + " ms";
        return "beating instance " + life.ref() + " is gone on " + poll.node() + " at " + millis(poll.answeredNanos())
                + " ms; " + beat;
    }

    private static void longestGap(Life life, Map<String, List<Long>> millis) {
        long longest = 0;
        long last = -1;
        for (Life.Attempt attempt : life.attempts()) {
            if (attempt.ending() == BeatEnding.ACKED) {
                boolean silent = false;
                for (Life.Silence silence : life.silences()) {
                    silent |= silence.fromNanos() >= last && silence.fromNanos() <= attempt.endedNanos();
                }
                longest = last < 0 || silent ? longest : Math.max(longest, attempt.endedNanos() - last);
                last = Math.max(last, attempt.endedNanos());
            }
        }
        millis.computeIfAbsent(GAPS, key -> new ArrayList<>()).add(millis(longest));
    }

    static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
