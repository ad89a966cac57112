package io.rollcall.chaos.checker;

import io.rollcall.chaos.call.CallEvent;
import io.rollcall.chaos.call.CallEvent.Run;
import io.rollcall.chaos.call.CallEvent.Told;
import io.rollcall.chaos.report.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The check of what providers were told of their registrations: a lease may seem lost only while the leader changes, and until the
 * new one hears anybody again; and nobody who beats is refused or superseded.
 */
final class LostLeases {

    /**
     * A time without an acknowledged beat, longer than a lease.
     *
     * @param run whose
     * @param fromNanos the last one that was acknowledged
     * @param toNanos the next one, or when the lease was over if none is known
     */
    private record Silence(Run run, long fromNanos, long toNanos) {

        boolean overlaps(Silence other) {
            return fromNanos <= other.toNanos && other.fromNanos <= toNanos;
        }
    }

    private LostLeases() {}

    static void check(List<CallEvent> calls, Reigns reigns, Findings findings) {
        Map<Run, Silence> open = new LinkedHashMap<>();
        List<Silence> silences = new ArrayList<>();
        for (CallEvent event : calls) {
            if (event instanceof Told told) {
                count(told, findings);
                Silence before = open.remove(told.run());
                if (before != null) {
                    silences.add(new Silence(told.run(), before.fromNanos(), told.atNanos()));
                }
                if (told.what().equals(Told.LEASE_LOST)) {
                    long from = told.atNanos() - told.silenceNanos();
                    open.put(told.run(), new Silence(told.run(), from, told.atNanos()));
                }
            }
        }
        silences.addAll(open.values());
        unexplained(silences, reigns)
                .forEach(silence -> findings.violated(
                        Figure.LEASES_LOST_ALONE,
                        silence.run() + " was not heard from " + EarlyExpiry.millis(silence.fromNanos()) + " to "
                                + EarlyExpiry.millis(silence.toNanos()) + " ms, while a leader led and heard others"));
    }

    private static void count(Told told, Findings findings) {
        switch (told.what()) {
            case Told.LEASE_LOST -> findings.count(Figure.LEASES_LOST, 1);
            case Told.REREGISTERED -> findings.count(Figure.REREGISTRATIONS, 1);
            case Told.SUPERSEDED, Told.REFUSED ->
                findings.violated(
                        Figure.REGISTRATIONS_LOST,
                        told.run() + " was told " + told.what() + " at " + EarlyExpiry.millis(told.atNanos())
                                + " ms, while it ran");
            default -> {
                // Of no interest here.
            }
        }
    }

    /** Those that neither a change of the leader explains, nor that others were not heard since one. */
    private static List<Silence> unexplained(List<Silence> silences, Reigns reigns) {
        List<Silence> explained = new ArrayList<>();
        List<Silence> left = new ArrayList<>(silences);
        boolean hasFound = true;
        while (hasFound) {
            List<Silence> found = left.stream()
                    .filter(silence -> reigns.isDisturbed(silence.fromNanos(), silence.toNanos())
                            || explained.stream().anyMatch(silence::overlaps))
                    .toList();
            explained.addAll(found);
            left.removeAll(found);
            hasFound = !found.isEmpty();
        }
        return left;
    }
}
