package io.rollcall.client;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the token comes from that goes with each request. No text of this client ever holds it. */
final class Credentials {

    private final Supplier<@Nullable String> source;

    Credentials(Supplier<@Nullable String> source) {
        this.source = source;
    }

    static Credentials none() {
        return new Credentials(() -> null);
    }

    /**
     * The token to send now.
     *
     * @return null for none
     * @throws TokenException if the source fails, or gives what no header can carry
     */
    @Nullable
    String current() throws TokenException {
        String token;
        try {
            token = source.get();
        } catch (RuntimeException e) {
            throw new TokenException(
                    "the supplier of the token failed with " + e.getClass().getName());
        }
        if (token != null && !isToken(token)) {
            throw new TokenException("the supplier of the token gave characters other than printable ASCII");
        }
        return token;
    }

    /** Whether another token is to be sent now than this one. */
    boolean isReplaced(@Nullable String token) {
        try {
            return !Objects.equals(token, current());
        } catch (TokenException e) {
            // What was sent is refused, and nothing better is to be had.
            return false;
        }
    }

    static boolean isToken(String value) {
        return value.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
