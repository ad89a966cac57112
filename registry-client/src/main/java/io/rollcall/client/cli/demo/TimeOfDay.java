package io.rollcall.client.cli.demo;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The time as the person at the terminal reads it. */
final class TimeOfDay {

    private TimeOfDay() {}

    static String now() {
        return LocalTime.now(ZoneId.systemDefault())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }
}
