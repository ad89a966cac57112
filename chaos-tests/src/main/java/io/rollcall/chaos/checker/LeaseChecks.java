package io.rollcall.chaos.checker;

import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.report.Figure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All checks of a lease history: the living are kept, the dead are given up in time and stay so, beats are answered by what is
 * registered, and checks are judged by what their target answered. They use nothing but what was seen from outside.
 */
public final class LeaseChecks {

    private LeaseChecks() {}

    /**
     * What the checks came to.
     *
     * @param findings what was counted and what is wrong
     * @param millis times that were measured, by what they measure
     */
    public record Outcome(Findings findings, Map<String, List<Long>> millis) {

        /** Copies the map. */
        public Outcome {
            millis = Map.copyOf(millis);
        }
    }

    /**
     * Checks a history.
     *
     * @param events all of it, those of each kind in the order of time
     * @param bounds what is promised
     * @return what was counted and what is wrong
     */
    public static Outcome check(List<LeaseEvent> events, LeaseBounds bounds) {
        Findings findings = new Findings();
        Map<String, List<Long>> millis = new TreeMap<>();
        Lives lives = new Lives(events);
        // Zero is a finding, too: it was looked for.
        List.of(
                        Figure.BEATS,
                        Figure.BEATS_REFUSED,
                        Figure.EXPIRIES,
                        Figure.HEALTHY_EXPIRED,
                        Figure.UNHEARD_EXPIRED,
                        Figure.SILENCES,
                        Figure.SILENT_SHOWN,
                        Figure.RESURRECTED,
                        Figure.BEATS_ANSWERED_WRONG)
                .forEach(figure -> findings.count(figure, 0));
        findings.count(Figure.LEADER_CHANGES, Math.max(0, lives.leaders().size() - 1));
        EarlyExpiry.check(lives, findings, millis);
        LateExpiry.check(lives, bounds, findings, millis);
        Resurrections.check(lives, findings);
        BeatAnswers.check(lives, findings);
        CheckVerdicts.check(lives, findings);
        return new Outcome(findings, millis);
    }
}
