package io.rollcall.server.raft;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.server.app.Beat;
import io.rollcall.server.app.BeatResult;
import io.rollcall.server.app.LeaderRole;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A leader that does nothing but lead, and answers beats as a test says. */
final class IdleRole implements LeaderRole {

    /** What every beat comes to. */
    volatile BeatResult answer = new BeatResult.Unconfirmed(ErrorCode.NO_LEADER, "idle");

    @Override
    public void begin(long term) {}

    @Override
    public void end() {}

    @Override
    public CompletableFuture<List<BeatResult>> renew(List<Beat> beats, Supplier<CompletableFuture<Long>> confirmation) {
        return CompletableFuture.completedFuture(Collections.nCopies(beats.size(), answer));
    }

    @Override
    public byte @Nullable [] expiry(boolean release) {
        return null;
    }
}
