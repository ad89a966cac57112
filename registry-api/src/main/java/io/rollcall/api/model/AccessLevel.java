package io.rollcall.api.model;

import java.util.Locale;

/** What a rule of a policy allows. */
public enum AccessLevel {
    /** Nothing, whatever other rules of the same length allow. */
    DENY,
    /** To read. */
    READ,
    /** To read and to change. */
    WRITE;

    /**
     * Returns the word for it in JSON and in errors.
     *
     * @return lower case
     */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
