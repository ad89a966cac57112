package io.rollcall.chaos.fault;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A time that has to pass: how long a fault lasts, how long a load runs. Not for waiting until something is so. */
public final class Hold {

    private Hold() {}

    /**
     * Lets time pass.
     *
     * @param duration how long
     * @param reason what the time is for; for the reader
     * @throws IllegalStateException if the thread is interrupted; its flag stays set
     */
    public static void forFault(Duration duration, String reason) {
        long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while holding: " + reason);
            }
        }
    }
}
