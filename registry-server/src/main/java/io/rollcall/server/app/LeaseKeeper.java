package io.rollcall.server.app;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The way of heartbeats to the leader, from any node. */
public interface LeaseKeeper {

    /**
     * Renews leases.
     *
     * @param beats at least one
     * @param deadline how long to look for a leader that takes and confirms them
     * @return one result a beat, in order; never fails; completed soon after the deadline at the latest
     */
    CompletableFuture<List<BeatResult>> renew(List<Beat> beats, Duration deadline);
}
