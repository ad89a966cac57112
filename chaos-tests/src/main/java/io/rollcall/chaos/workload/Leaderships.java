package io.rollcall.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.lease.LeaseHistory;
import java.util.concurrent.atomic.AtomicLong;

/** Who led when, as the nodes tell. For one thread, but for {@link #changes}. */
final class Leaderships {

    private final LeaseHistory history;
    private final AtomicLong changes = new AtomicLong();
    private String leader = "";
    private long term = -1;
    private long lastOwnWordNanos;

    Leaderships(LeaseHistory history) {
        this.history = history;
    }

    /** Takes the answer of a node on the state of the cluster. */
    void told(String node, JsonNode cluster, long askedNanos, long answeredNanos) {
        String named = cluster.path("leader").asText("");
        // Its own word alone: others may name the leader of before beside the term of now.
        if (!named.equals(node)) {
            return;
        }
        long namedTerm = cluster.path("term").asLong();
        if (namedTerm > term || (namedTerm == term && !named.equals(leader))) {
            boolean first = term < 0;
            history.add(new LeaseEvent.Led(named, namedTerm, first ? answeredNanos : lastOwnWordNanos, answeredNanos));
            changes.addAndGet(first ? 0 : 1);
            term = namedTerm;
            leader = named;
            lastOwnWordNanos = answeredNanos;
        } else if (namedTerm == term) {
            lastOwnWordNanos = Math.max(lastOwnWordNanos, askedNanos);
        }
    }

    /** How often another term's leader was seen. */
    long changes() {
        return changes.get();
    }
}
