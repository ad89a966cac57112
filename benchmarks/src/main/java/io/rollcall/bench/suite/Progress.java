package io.rollcall.bench.suite;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** What is going on, for whoever waits; the table comes on standard output. */
final class Progress {

    private Progress() {}

    static void say(String message) {
        System.err.println(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + " " + message);
    }
}
