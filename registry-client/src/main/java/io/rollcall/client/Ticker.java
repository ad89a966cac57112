package io.rollcall.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The time a call goes by, so that tests need not wait. */
interface Ticker {

    Ticker SYSTEM = new Ticker() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
    };

    /** Monotonic; only differences mean something. */
    long nanos();

    void pause(Duration duration) throws InterruptedException;
}
