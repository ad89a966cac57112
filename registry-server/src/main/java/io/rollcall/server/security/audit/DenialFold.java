package io.rollcall.server.security.audit;

import io.rollcall.server.app.access.AuditEvent;
import io.rollcall.server.security.audit.FoldedDenials.Spread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps denials from filling the log. The first of its kind is written down, those that follow within an interval are counted,
 * and the count is written down once an interval for as long as they go on. So is what one caller has denied beyond a number
 * of different things, and what comes from more callers than are followed. However many are sent, by however many, the lines of
 * an interval are bounded. Thread-safe.
 */
final class DenialFold {

    private final long intervalNanos;
    private final int maxKinds;
    private final int maxKindsOfCaller;

    private final Map<Kind, Counted> counted = new HashMap<>();
    private final Map<String, Integer> kindsOfCaller = new HashMap<>();

    /** What makes denials alike. Of what lies beyond a bound only less is known; what is not is empty. */
    private record Kind(String caller, String operation, int status, Map<String, String> target) {

        static final Kind OF_MANY_CALLERS = new Kind("", "", 0, Map.of());

        static Kind ofCaller(String caller) {
            return new Kind(caller, "", 0, Map.of());
        }
    }

    private static final class Counted {
        private final AuditEvent like;
        private final Spread spread;
        private long since;
        private long count;
        private @Nullable Instant from;
        private Instant to;

        Counted(AuditEvent like, Spread spread, long now) {
            this.like = like;
            this.spread = spread;
            this.since = now;
            this.to = like.time();
        }

        void add(AuditEvent denial) {
            from = count == 0 ? denial.time() : from;
            to = denial.time();
            count++;
        }

        FoldedDenials take() {
            FoldedDenials taken = new FoldedDenials(like, spread, count, from == null ? to : from, to);
            count = 0;
            return taken;
        }
    }

    /**
     * Nothing was denied yet.
     *
     * @param intervalNanos how long denials are counted before the count is written down
     * @param maxKinds how many kinds are told apart
     * @param maxKindsOfCaller how many of them one caller may have
     */
    DenialFold(long intervalNanos, int maxKinds, int maxKindsOfCaller) {
        this.intervalNanos = intervalNanos;
        this.maxKinds = maxKinds;
        this.maxKindsOfCaller = maxKindsOfCaller;
    }

    /**
     * Takes a denial.
     *
     * @param denial what was denied
     * @param caller whose it was
     * @param tellsTargets whether the same is not alike if it was asked of something else
     * @param now a monotonic clock
     * @return true if it is counted; false if it is to be written down
     */
    synchronized boolean folds(AuditEvent denial, String caller, boolean tellsTargets, long now) {
        Kind kind = new Kind(caller, denial.operation(), denial.status(), tellsTargets ? denial.target() : Map.of());
        Counted present = counted.get(kind);
        if (present != null) {
            present.add(denial);
            return true;
        }
        int kinds = kindsOfCaller.getOrDefault(caller, 0);
        if (kinds >= maxKindsOfCaller) {
            count(Kind.ofCaller(caller), Spread.OF_ONE_CALLER, denial, now);
            return true;
        }
        if (counted.size() >= maxKinds) {
            count(Kind.OF_MANY_CALLERS, Spread.OF_MANY_CALLERS, denial, now);
            return true;
        }
        kindsOfCaller.put(caller, kinds + 1);
        counted.put(kind, new Counted(denial, Spread.ALIKE, now));
        return false;
    }

    private void count(Kind kind, Spread spread, AuditEvent denial, long now) {
        counted.computeIfAbsent(kind, first -> new Counted(denial, spread, now)).add(denial);
    }

    /**
     * Returns the counts whose interval is over, and forgets what did not go on.
     *
     * @param now a monotonic clock
     * @return to be written down
     */
    synchronized List<FoldedDenials> due(long now) {
        List<FoldedDenials> due = new ArrayList<>();
        Iterator<Map.Entry<Kind, Counted>> all = counted.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Kind, Counted> one = all.next();
            Counted it = one.getValue();
            if (now - it.since < intervalNanos) {
                continue;
            }
            if (it.count > 0) {
                due.add(it.take());
                it.since = now;
            } else {
                all.remove();
                forget(one.getKey(), it);
            }
        }
        return due;
    }

    private void forget(Kind kind, Counted it) {
        if (it.spread == Spread.ALIKE) {
            kindsOfCaller.computeIfPresent(kind.caller(), (caller, kinds) -> kinds == 1 ? null : kinds - 1);
        }
    }

    /**
     * Returns all counts, since nothing follows.
     *
     * @return to be written down
     */
    synchronized List<FoldedDenials> all() {
        return counted.values().stream()
                .filter(it -> it.count > 0)
                .map(Counted::take)
                .toList();
    }
}
