package io.rollcall.server.config;

import java.util.Locale;

/** Whether clients are asked for a certificate. */
public enum ClientAuthentication {
    /** They are not. */
    NONE,
    /** They are, and one that they show must be good; who shows none is let in. */
    WANT,
    /** Who shows none is not let in. */
    NEED;

    static ClientAuthentication parse(String text) {
        for (ClientAuthentication value : values()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException("must be none, want or need");
    }
}
