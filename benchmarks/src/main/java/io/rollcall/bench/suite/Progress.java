package io.rollcall.bench.suite;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What is going on, for whoever waits; the table comes on standard output. */
final class Progress {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private Progress() {}

    static void say(String message) {
        System.err.println(CLOCK.format(LocalTime.now(ZoneId.systemDefault())) + " " + message);
    }
}
