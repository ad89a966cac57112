package io.rollcall.chaos.checker;

import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.lease.BeatEnding;
import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.lease.LeaseEvent.Refusal;
import io.rollcall.chaos.lease.Sighting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A lease history as a test tells it: times in milliseconds, one instance unless told, nodes that are asked and answer at once. */
final class LeaseStory {

    static final InstanceRef REF = new InstanceRef("s", "i");
    static final long TTL = 3_000;

    private static final long BEAT_TAKES = 10;
    private static final long AGE = 200;

    private final List<LeaseEvent> events = new ArrayList<>();
    private final Map<String, Long> proven = new HashMap<>();

    List<LeaseEvent> events() {
        return events;
    }

    LeaseStory enrolled(long sent) {
        return enrolled(sent, TTL, 0, 0);
    }

    LeaseStory enrolled(long sent, long ttl, int retries, int successes) {
        events.add(new LeaseEvent.Enrolled(REF, 1, ttl, retries, successes, nanos(sent), nanos(sent + BEAT_TAKES)));
        return this;
    }

    LeaseStory beat(long sent, BeatEnding ending) {
        return beat(sent, sent + BEAT_TAKES, ending);
    }

    LeaseStory beat(long sent, long ended, BeatEnding ending) {
        events.add(new LeaseEvent.Beaten("n1", List.of(REF), ending, List.of(), nanos(sent), nanos(ended), ""));
        return this;
    }

    /** One beat each second. */
    LeaseStory beats(long from, long to) {
        for (long at = from; at <= to; at += 1_000) {
            beat(at, BeatEnding.ACKED);
        }
        return this;
    }

    LeaseStory refused(long sent, String code, String action) {
        events.add(new LeaseEvent.Beaten(
                "n1",
                List.of(REF),
                BeatEnding.ACKED,
                List.of(new Refusal(REF, code, action)),
                nanos(sent),
                nanos(sent + BEAT_TAKES),
                ""));
        return this;
    }

    LeaseStory silenced(long at) {
        events.add(new LeaseEvent.Silenced(List.of(REF), nanos(at)));
        return this;
    }

    LeaseStory resumed(long at) {
        events.add(new LeaseEvent.Resumed(List.of(REF), nanos(at)));
        return this;
    }

    /** A node that shows nothing new is looked at ten times a second. */
    LeaseStory looks(String node, long from, long to) {
        for (long at = from; at <= to; at += 100) {
            poll(node, at, List.of());
        }
        return this;
    }

    LeaseStory shows(String node, long at, String status) {
        return poll(node, at, List.of(new Sighting(REF, status, false)));
    }

    LeaseStory showsSuspect(String node, long at) {
        return poll(node, at, List.of(new Sighting(REF, "passing", true)));
    }

    private LeaseStory poll(String node, long at, List<Sighting> changes) {
        events.add(
                new LeaseEvent.Polled(node, nanos(at), nanos(at + 2), nanos(proven.getOrDefault(node, 0L)), changes));
        proven.put(node, at - AGE);
        return this;
    }

    /** From now on the node knows nothing new. */
    LeaseStory looksStale(String node, long from, long to) {
        long known = proven.getOrDefault(node, 0L);
        for (long at = from; at <= to; at += 100) {
            poll(node, at, List.of());
            proven.put(node, known);
        }
        return this;
    }

    LeaseStory led(String leader, long lost, long seen) {
        events.add(new LeaseEvent.Led(leader, seen, nanos(lost), nanos(seen)));
        return this;
    }

    LeaseStory disturbed(String node, long from, long to) {
        events.add(new LeaseEvent.Disturbed(node, "pause", nanos(from), nanos(to)));
        return this;
    }

    LeaseStory probed(long at, boolean good) {
        events.add(new LeaseEvent.Probed(REF, good, nanos(at)));
        return this;
    }

    private static long nanos(long millis) {
        return millis * 1_000_000;
    }
}
