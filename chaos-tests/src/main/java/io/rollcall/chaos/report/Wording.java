package io.rollcall.chaos.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as people read them, the same on every machine. */
final class Wording {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long SECOND_MILLIS = 1_000;
    private static final long MINUTE_SECONDS = 60;
    private static final long HOUR_MINUTES = 60;

    private Wording() {}

    /** Digits in groups of three. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A number and its noun, which takes an s where it is not one. */
    static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** Two units at most: {@code 850 ms}, {@code 12.3 s}, {@code 30 min 5 s}, {@code 2 h 4 min}. */
    static String duration(long millis) {
        if (millis < SECOND_MILLIS) {
            return millis + " ms";
        }
        if (millis < MINUTE_SECONDS * SECOND_MILLIS) {
            return String.format(Locale.ROOT, "%.1f s", millis / (double) SECOND_MILLIS);
        }
        long seconds = millis / SECOND_MILLIS;
        long minutes = seconds / MINUTE_SECONDS;
        if (minutes < HOUR_MINUTES) {
            return minutes + " min " + seconds % MINUTE_SECONDS + " s";
        }
        return minutes / HOUR_MINUTES + " h " + minutes % HOUR_MINUTES + " min";
    }

    /** A place on the axis of time: {@code 0:05}, {@code 29:30}, {@code 1:02:00}. */
    static String clock(long seconds) {
        long minutes = seconds / MINUTE_SECONDS;
        return minutes < HOUR_MINUTES
                ? String.format(Locale.ROOT, "%d:%02d", minutes, seconds % MINUTE_SECONDS)
                : String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        minutes / HOUR_MINUTES,
                        minutes % HOUR_MINUTES,
                        seconds % MINUTE_SECONDS);
    }

    /** A place within a run, to the tenth of a second. */
    static String moment(long millis) {
        return clock(millis / SECOND_MILLIS) + "." + millis % SECOND_MILLIS / 100;
    }

    /** A date and time of day. */
    static String minute(long epochMillis) {
        return MINUTE.format(Instant.ofEpochMilli(epochMillis));
    }

    /** A share in percent; what is neither nothing nor all never looks as if it were. */
    static String percent(long part, long whole) {
        if (part == 0 || part == whole) {
            return part == 0 ? "0 %" : "100 %";
        }
        double percent = 100.0 * part / whole;
        if (percent < 0.01) {
            return "< 0.01 %";
        }
        return percent > 99.99 ? "> 99.99 %" : String.format(Locale.ROOT, "%.2f %%", percent);
    }

    /** What a rate can still be, with 95 % confidence, if none was seen in so many trials: the rule of three. */
    static String upperBound(long trials) {
        return trials < 3 ? "no bound from so few" : "below 1 in " + count(trials / 3) + " (95 %, 3/M)";
    }
}
