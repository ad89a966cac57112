package io.rollcall.cli.demo;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time as the person at the terminal reads it. */
final class TimeOfDay {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private TimeOfDay() {}

    static String now() {
        return FORMAT.format(LocalTime.now(ZoneId.systemDefault()));
    }
}
