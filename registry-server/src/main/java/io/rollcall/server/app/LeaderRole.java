package io.rollcall.server.app;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a member does while it leads. The Raft member says when; the calls come from its threads and must not block. */
public interface LeaderRole {

    /**
     * This member leads from now on, and has applied all that earlier leaders committed.
     *
     * @param term of its leadership
     */
    void begin(long term);

    /** This member leads no more. */
    void end();

    /**
     * Takes beats. They count once this member's leadership was confirmed after they had come.
     *
     * @param beats at least one
     * @param confirmation begins the confirmation, as {@link LeaderLog#confirm} does
     * @return one result a beat, in order; never fails
     */
    CompletableFuture<List<BeatResult>> renew(List<Beat> beats, Supplier<CompletableFuture<Long>> confirmation);

    /**
     * Tells what the expiry governor holds back.
     *
     * @param release whether to let it go first
     * @return UTF-8 JSON; null if this member does not lead
     */
    byte @Nullable [] expiry(boolean release);
}
