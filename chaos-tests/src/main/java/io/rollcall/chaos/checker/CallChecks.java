package io.rollcall.chaos.checker;

import io.rollcall.chaos.call.CallEvent;
import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.report.Figure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All checks of programs that provide and consume with the client: lookups find somebody, calls succeed and land on who lives,
 * and who lives is registered. They use what the programs saw and what the nodes showed to a plain reader.
 */
public final class CallChecks {

    private CallChecks() {}

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
     * @param calls what providers and consumers did, those of each of them in the order of time
     * @param leases what the nodes showed, and who led, by the same clock
     * @param bounds what is promised
     * @return what was counted and what is wrong
     */
    public static Outcome check(List<CallEvent> calls, List<LeaseEvent> leases, CallBounds bounds) {
        Findings findings = new Findings();
        Map<String, List<Long>> millis = new TreeMap<>();
        // Zero is a finding, too: it was looked for.
        List.of(
                        Figure.LOOKUPS,
                        Figure.LOOKUPS_EMPTY,
                        Figure.CALLS,
                        Figure.CALLS_FAILED,
                        Figure.TRIES,
                        Figure.TRIES_ASTRAY,
                        Figure.TRIES_FAILED,
                        Figure.REGISTRATION_LOOKS,
                        Figure.REGISTRATIONS_LOST,
                        Figure.WITHDRAWALS,
                        Figure.LEASES_LOST,
                        Figure.LEASES_LOST_ALONE,
                        Figure.REREGISTRATIONS)
                .forEach(figure -> findings.count(figure, 0));
        Lives lives = new Lives(leases);
        Reigns reigns = new Reigns(lives);
        Stints stints = new Stints(calls);
        findings.count(Figure.LEADER_CHANGES, Math.max(0, lives.leaders().size() - 1));
        Landings.check(calls, stints, reigns, bounds, findings, millis);
        KeptRegistrations.check(stints, lives, findings);
        KeptRegistrations.checkHistory(calls, stints, findings);
        LostLeases.check(calls, reigns, findings);
        return new Outcome(findings, millis);
    }
}
