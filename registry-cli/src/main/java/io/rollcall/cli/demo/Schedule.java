package io.rollcall.cli.demo;

import java.time.Duration;

/**
 * A state that comes again and again.
 *
 * @param first when it comes for the first time
 * @param length how long it lasts each time
 * @param cycle from one time to the next, more than zero
 */
record Schedule(Duration first, Duration length, Duration cycle) {

    static final Schedule NEVER = new Schedule(Duration.ZERO, Duration.ZERO, Duration.ofDays(1));

    boolean isOn(Duration elapsed) {
        long sinceFirst = elapsed.minus(first).toNanos();
        return sinceFirst >= 0 && sinceFirst % cycle.toNanos() < length.toNanos();
    }
}
