package io.rollcall.server.app.access;

import java.util.Locale;

/** Why something that goes on for long is ended before its time. */
public enum EndReason {
    /** The token is there no more. */
    TOKEN_REVOKED,
    /** The time of the token is over. */
    TOKEN_EXPIRED,
    /** What the token may do is not what it was, in a way that matters here. */
    PERMISSIONS_CHANGED;

    /**
     * Returns the word for it in events.
     *
     * @return kebab-case
     */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
