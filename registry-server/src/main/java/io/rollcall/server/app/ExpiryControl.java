package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.server.config.RequestSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What an operator asks of the leader's expiry governor, through any node. Thread-safe; no method blocks. */
public final class ExpiryControl {

    private final ExpiryDesk desk;
    private final RequestSettings settings;

    /**
     * The governor as a node reaches it.
     *
     * @param desk the way to the leader
     * @param settings the deadlines
     */
    public ExpiryControl(ExpiryDesk desk, RequestSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    /**
     * Tells what is held back, why, and until when.
     *
     * @return never fails
     */
    public CompletableFuture<Lookup> look() {
        return ask(false, settings.readDeadline(), "ask again");
    }

    /**
     * Lets go what is held back.
     *
     * @return what is held back after that; never fails
     */
    public CompletableFuture<Lookup> release() {
        return ask(true, settings.writeDeadline(), "it may have been let go all the same; look, or ask again");
    }

    private CompletableFuture<Lookup> ask(boolean release, Duration deadline, String advice) {
        return desk.expiry(release, deadline)
                .thenApply(body -> body == null
                        ? new Lookup(
                                null,
                                Refusals.retryable(
                                        ErrorCode.NO_LEADER,
                                        "no leader answered within " + deadline.toMillis() + " ms; " + advice))
                        : new Lookup(body, null));
    }
}
