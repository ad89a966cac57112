package io.rollcall.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The time a call goes by, so that tests need not wait. */
interface Ticker {

    /** Monotonic; only differences mean something. */
    long nanos();

    /** Completed after so long, on a thread that may work; cancelling it gives the pause up. */
    CompletableFuture<Void> pause(Duration duration);
}
