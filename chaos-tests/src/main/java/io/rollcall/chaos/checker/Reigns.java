package io.rollcall.chaos.checker;

import io.rollcall.chaos.lease.LeaseEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Who led when, and what that means for deadlines and for what a leader can have seen itself. */
final class Reigns {

    /**
     * A time in which a leader may have decided things.
     *
     * @param fromNanos nothing before it was seen by this leader
     * @param toNanos nothing after it was decided by this leader
     */
    record Reign(long fromNanos, long toNanos) {}

    /** Something from whose end on every lease counts anew: between these times nobody may have watched. */
    private record Restart(long fromNanos, long toNanos) {}

    private final List<LeaseEvent.Led> leaders;
    private final List<LeaseEvent.Disturbed> disturbances;
    private final List<Restart> restarts = new ArrayList<>();

    Reigns(Lives lives) {
        this.leaders = lives.leaders();
        this.disturbances = lives.disturbances();
        leaders.forEach(led -> restarts.add(new Restart(led.lostNanos(), led.seenNanos())));
        // A leader that stood still and went on as leader waits for the beats that it has missed.
        disturbances.stream()
                .filter(fault -> hitsLeader(fault) && !hasSuccessor(fault))
                .forEach(fault -> restarts.add(new Restart(fault.fromNanos(), fault.toNanos())));
        restarts.sort(Comparator.comparingLong(Restart::fromNanos));
    }

    private boolean hitsLeader(LeaseEvent.Disturbed fault) {
        String leader = "";
        for (LeaseEvent.Led led : leaders) {
            if (led.seenNanos() <= fault.fromNanos()) {
                leader = led.leader();
            }
        }
        return leader.equals(fault.node());
    }

    /** Whether another leader came meanwhile, whose leases then count. */
    private boolean hasSuccessor(LeaseEvent.Disturbed fault) {
        return leaders.stream()
                .anyMatch(led -> led.seenNanos() > fault.fromNanos() && led.seenNanos() <= fault.toNanos());
    }

    /** When every current node has to show a silent instance as gone. */
    long deadline(long heardByNanos, long ttlNanos, LeaseBounds bounds) {
        long deadline = heardByNanos + ttlNanos + bounds.slack().toNanos();
        for (Restart restart : restarts) {
            if (restart.fromNanos() <= deadline) {
                long anew = restart.toNanos()
                        + ttlNanos
                        + bounds.grace().toNanos()
                        + bounds.slack().toNanos();
                deadline = Math.max(deadline, anew);
            }
        }
        return deadline;
    }

    /** Whether anything of the kind happened in a time. */
    boolean isDisturbed(long fromNanos, long toNanos) {
        return restarts.stream().anyMatch(restart -> restart.toNanos() >= fromNanos && restart.fromNanos() <= toNanos);
    }

    /** All reigns; the first one has no begin, the last one no end. Two may overlap. */
    List<Reign> all() {
        List<Reign> reigns = new ArrayList<>();
        for (int i = 0; i < leaders.size(); i++) {
            long from = i == 0 ? 0 : begin(leaders.get(i - 1).leader(), leaders.get(i));
            long to = i + 1 < leaders.size() ? leaders.get(i + 1).seenNanos() : Long.MAX_VALUE;
            reigns.add(new Reign(from, to));
        }
        return reigns;
    }

    /** Not before the fault that took the one before it, where there was one: without it both may have been at work. */
    private long begin(String before, LeaseEvent.Led led) {
        return disturbances.stream()
                .filter(fault -> fault.node().equals(before))
                .mapToLong(LeaseEvent.Disturbed::fromNanos)
                .filter(from -> from >= led.lostNanos() && from <= led.seenNanos())
                .max()
                .orElse(led.lostNanos());
    }
}
