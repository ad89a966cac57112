package io.rollcall.api.model;

import java.time.Duration;

/** Durations as the interface writes them: a whole number with one unit, such as {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h}. */
public final class Durations {

    private static final String RULE = "must be a whole number with a unit ms, s, m or h, such as 500ms, 10s, 5m, 2h";
    private static final long MILLIS_OF_SECOND = 1_000;
    private static final long MILLIS_OF_MINUTE = 60_000;
    private static final long MILLIS_OF_HOUR = 3_600_000;
    // Keeps the product below inside a long; 12 digits of hours are beyond any bound that follows.
    private static final int MAX_DIGITS = 12;

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @param field the field that an error names
     * @param text such as {@code 10s}
     * @return zero or more
     * @throws InvalidRequestException if the text is no duration
     */
    public static Duration parse(String field, String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > MAX_DIGITS) {
            throw new InvalidRequestException(new Violation(field, RULE));
        }
        long amount = Long.parseLong(text.substring(0, digits));
        return Duration.ofMillis(amount * millisOf(field, text.substring(digits)));
    }

    private static long millisOf(String field, String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> MILLIS_OF_SECOND;
            case "m" -> MILLIS_OF_MINUTE;
            case "h" -> MILLIS_OF_HOUR;
            default -> throw new InvalidRequestException(new Violation(field, RULE));
        };
    }

    /**
     * Writes a duration in the largest unit that divides it.
     *
     * @param duration zero or more, read to the millisecond
     * @return such as {@code 5m}; zero is {@code 0s}
     */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        if (millis % MILLIS_OF_HOUR == 0) {
            return millis / MILLIS_OF_HOUR + "h";
        }
        if (millis % MILLIS_OF_MINUTE == 0) {
            return millis / MILLIS_OF_MINUTE + "m";
        }
        if (millis % MILLIS_OF_SECOND == 0) {
            return millis / MILLIS_OF_SECOND + "s";
        }
        return millis + "ms";
    }
}
