package io.rollcall.api.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A text that must not be seen: the secret of a token, what a caller shows, a master key. Wherever it gets to by accident, a log
 * line, a message, the text of a record that holds it, there is nothing to see but {@code ***}; whoever needs it says so by
 * {@link #reveal}.
 */
public final class Secret {

    private static final String HIDDEN = "***";

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /**
     * Hides a text.
     *
     * @param text as it is
     * @return the same, hidden
     */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /**
     * Hides a text that may be missing.
     *
     * @param text as it is; null if there is none
     * @return the same, hidden; null if there is none
     */
    public static @Nullable Secret ofNullable(@Nullable String text) {
        return text == null ? null : new Secret(text);
    }

    /**
     * Returns the text, for whoever compares or sends it.
     *
     * @return as it is; to be put nowhere where it can be read
     */
    public String reveal() {
        return text;
    }

    /**
     * Tells whether there is nothing to hide.
     *
     * @return true for the empty text
     */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** Takes a time that does not tell where two secrets begin to differ. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.UTF_8), secret.text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for all, since it would tell of the text. */
    @Override
    public int hashCode() {
        return 0;
    }

    /** Says that there is one, and nothing of it. */
    @Override
    public String toString() {
        return HIDDEN;
    }
}
