package io.rollcall.server.leader;

/**
 * What this member does, and has done, as the leader. What is counted is of all its terms since the start.
 *
 * @param leads whether it leads now; what is so now is 0 if not
 * @param running leases that have not lapsed
 * @param late those of them that have missed a beat
 * @param held those of them that are held back
 * @param overdue those of them that wait for nothing but their turn
 * @param removalsPending instances that are to be removed when their time has come
 * @param isHolding whether anything is held back
 * @param watched instances that are checked
 * @param failing those whose last check failed
 * @param checksHeld those that would be critical if the leader believed its checks
 * @param criticals instances that were called critical because of their checks, since the start
 * @param counts what it has done
 */
public record LeaderFigures(
        boolean leads,
        int running,
        int late,
        int held,
        int overdue,
        int removalsPending,
        boolean isHolding,
        int watched,
        int failing,
        int checksHeld,
        long criticals,
        Counts counts) {

    /**
     * What was done.
     *
     * @param lapsed leases that lapsed
     * @param removed instances that were removed
     * @param taken verdicts that the rules took
     * @param fenced verdicts that they did not take, or that were lost
     * @param holds times that something began to be held back
     * @param pauses times that the leader doubted that it heard all
     */
    public record Counts(long lapsed, long removed, long taken, long fenced, long holds, long pauses) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        Counts plus(Counts more) {
            return new Counts(
                    lapsed + more.lapsed,
                    removed + more.removed,
                    taken + more.taken,
                    fenced + more.fenced,
                    holds + more.holds,
                    pauses + more.pauses);
        }
    }

    /** Of a member that does not lead. */
    static LeaderFigures following(CheckDuty checks, Counts counts) {
        return new LeaderFigures(
                false, 0, 0, 0, 0, 0, false, 0, 0, 0, checks.report(false).criticals(), counts);
    }

    static Counts counted(LeaderTerm term) {
        synchronized (term.lock) {
            return new Counts(
                    term.expirer.lapsed(),
                    term.removed(),
                    term.verdicts.takenCount(),
                    term.verdicts.fencedCount(),
                    term.governor.holds(),
                    term.clock.pauses());
        }
    }

    static LeaderFigures of(LeaderTerm term, Counts before) {
        CheckDuty.Report checks = term.checks.report(false);
        Counts counts = before.plus(counted(term));
        synchronized (term.lock) {
            boolean isHolding = term.governor.isHolding() || checks.hold() != null;
            return new LeaderFigures(
                    true,
                    term.table.running(),
                    term.table.late(),
                    term.table.held(),
                    term.expirer.waiting(),
                    term.removals.size(),
                    isHolding,
                    checks.watched(),
                    checks.failing(),
                    checks.held(),
                    checks.criticals(),
                    counts);
        }
    }
}
