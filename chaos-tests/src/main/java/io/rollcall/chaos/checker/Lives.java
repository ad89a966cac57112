package io.rollcall.chaos.checker;

import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.lease.BeatEnding;
import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.lease.LeaseEvent.Refusal;
import io.rollcall.chaos.lease.Sighting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A lease history by instance, by node and by leader. */
final class Lives {

    private final Map<InstanceRef, Life> lives = new LinkedHashMap<>();
    private final Map<String, List<LeaseEvent.Polled>> polls = new TreeMap<>();
    private final List<LeaseEvent.Led> leaders;
    private final List<LeaseEvent.Disturbed> disturbances;

    Lives(List<LeaseEvent> events) {
        this.leaders = of(events, LeaseEvent.Led.class).stream()
                .sorted(Comparator.comparingLong(LeaseEvent.Led::seenNanos))
                .toList();
        this.disturbances = of(events, LeaseEvent.Disturbed.class);
        of(events, LeaseEvent.Enrolled.class).forEach(this::enrolled);
        of(events, LeaseEvent.Beaten.class).forEach(this::beaten);
        of(events, LeaseEvent.Probed.class)
                .forEach(probe -> life(probe.instance()).probes().add(probe));
        of(events, LeaseEvent.Polled.class).forEach(this::polled);
        of(events, LeaseEvent.Silenced.class).forEach(this::silenced);
        of(events, LeaseEvent.Resumed.class).forEach(this::resumed);
        lives.values().forEach(life -> life.attempts().sort(Comparator.comparingLong(Life.Attempt::sentNanos)));
    }

    private static <T extends LeaseEvent> List<T> of(List<LeaseEvent> events, Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** All instances. */
    Collection<Life> all() {
        return lives.values();
    }

    /** What each node answered to the looks at it, in the order of time. */
    Map<String, List<LeaseEvent.Polled>> polls() {
        return polls;
    }

    /** In the order of time; the first one was there when the history began. */
    List<LeaseEvent.Led> leaders() {
        return leaders;
    }

    /** The faults that were done. */
    List<LeaseEvent.Disturbed> disturbances() {
        return disturbances;
    }

    private Life life(InstanceRef ref) {
        return lives.computeIfAbsent(ref, Life::new);
    }

    private void enrolled(LeaseEvent.Enrolled event) {
        Life life = life(event.instance());
        life.enrolled(event);
        life.attempts()
                .add(new Life.Attempt(
                        "", BeatEnding.ACKED, "", "", true, event.sentNanos(), event.endedNanos(), event.endedNanos()));
    }

    private void beaten(LeaseEvent.Beaten event) {
        Map<InstanceRef, Refusal> refusals = new HashMap<>();
        event.refusals().forEach(refusal -> refusals.put(refusal.instance(), refusal));
        for (InstanceRef ref : event.instances()) {
            Refusal refusal = refusals.get(ref);
            BeatEnding ending = refusal == null ? event.ending() : endingOf(refusal);
            life(ref)
                    .attempts()
                    .add(new Life.Attempt(
                            event.node(),
                            ending,
                            refusal == null ? "" : refusal.code(),
                            refusal == null ? "" : refusal.action(),
                            false,
                            event.sentNanos(),
                            event.endedNanos(),
                            heardBy(event, ending)));
        }
    }

    /** An item of a batch that nobody confirmed may have been heard, as a whole batch may. */
    private static BeatEnding endingOf(Refusal refusal) {
        return switch (refusal.code()) {
            case "instance-not-found", "stale-incarnation" -> BeatEnding.REFUSED;
            default -> BeatEnding.UNKNOWN;
        };
    }

    /** What was given up as unknown waits at most for the end of the faults that were on then. */
    private long heardBy(LeaseEvent.Beaten event, BeatEnding ending) {
        long heardBy = event.endedNanos();
        if (ending == BeatEnding.UNKNOWN) {
            for (LeaseEvent.Disturbed fault : disturbances) {
                if (fault.fromNanos() <= event.endedNanos() && fault.toNanos() >= event.sentNanos()) {
                    heardBy = Math.max(heardBy, fault.toNanos());
                }
            }
        }
        return heardBy;
    }

    private void polled(LeaseEvent.Polled poll) {
        List<LeaseEvent.Polled> ofNode = polls.computeIfAbsent(poll.node(), key -> new ArrayList<>());
        LeaseEvent.Polled before = ofNode.isEmpty() ? null : ofNode.get(ofNode.size() - 1);
        for (Sighting change : poll.changes()) {
            life(change.instance()).show(poll.node(), new Life.Shown(change, poll, before));
        }
        ofNode.add(poll);
    }

    private void silenced(LeaseEvent.Silenced event) {
        event.instances().forEach(ref -> life(ref).silences().add(new Life.Silence(event.atNanos(), Long.MAX_VALUE)));
    }

    private void resumed(LeaseEvent.Resumed event) {
        for (InstanceRef ref : event.instances()) {
            List<Life.Silence> silences = life(ref).silences();
            for (int i = 0; i < silences.size(); i++) {
                Life.Silence open = silences.get(i);
                if (open.toNanos() == Long.MAX_VALUE && open.fromNanos() <= event.atNanos()) {
                    silences.set(i, new Life.Silence(open.fromNanos(), event.atNanos()));
                }
            }
        }
    }
}
