package io.rollcall.server.app;

import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times as callers write them. */
public final class Instants {

    private static final String RULE =
            "must be a time with its offset from UTC, such as 2026-11-26T16:40:00Z or 2026-11-26T17:40:00.5%2B01:00";

    private Instants() {}

    /**
     * Reads a time in the form of RFC 3339.
     *
     * @param field the field that an error names
     * @param text such as {@code 2026-11-26T16:40:00Z}
     * @return between the years 1970 and 9999
     * @throws InvalidRequestException if the text is no such time
     */
    public static Instant parse(String field, String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (instant.isBefore(Instant.EPOCH)) {
                throw new InvalidRequestException(new Violation(field, "must not lie before 1970"));
            }
            return instant;
        } catch (DateTimeException e) {
            throw new InvalidRequestException(new Violation(field, RULE));
        }
    }
}
