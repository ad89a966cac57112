package io.rollcall.cli;

import io.rollcall.api.model.Durations;
import io.rollcall.api.model.InvalidRequestException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;

/** A time as people write it: itself, or how long ago it was. */
final class PointInTime {

    private PointInTime() {}

    static Instant parse(String option, String text, InstantSource clock) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return clock.instant().minus(ago(option, text));
        }
    }

    private static Duration ago(String option, String text) {
        try {
            return Durations.parse(option, text);
        } catch (InvalidRequestException e) {
            throw new UsageException(
                    option + " must be a time such as 2026-11-22T12:00:00Z, or how long ago it was, such"
                            + " as 90s, 5m or 2h; is '" + text + "'");
        }
    }
}
