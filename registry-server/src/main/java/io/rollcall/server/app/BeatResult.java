package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import java.time.Duration;

/** What a heartbeat came to. */
public sealed interface BeatResult {

    /**
     * The lease runs anew from the moment the leader took the beat, and that leader was confirmed after it.
     *
     * @param ttl how long the instance may be silent from then on; zero for one that has no lease
     * @param next when the next beat is asked for; zero for one that has no lease
     */
    record Renewed(Duration ttl, Duration next) implements BeatResult {}

    /** The instance is not registered, proved by the read barrier: whoever beats must register anew. */
    record Unknown() implements BeatResult {}

    /**
     * The beat was meant for another incarnation.
     *
     * @param incarnation the one that is there
     */
    record Stale(long incarnation) implements BeatResult {}

    /**
     * Nobody confirmed it; it may have been heard all the same. To be repeated, here or at another node.
     *
     * @param code {@code NO_LEADER}, {@code OVERLOADED} or {@code NOT_READY}
     * @param detail what happened, for the caller
     */
    record Unconfirmed(ErrorCode code, String detail) implements BeatResult {}
}
