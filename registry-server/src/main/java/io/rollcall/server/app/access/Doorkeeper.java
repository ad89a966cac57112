package io.rollcall.server.app.access;

import io.rollcall.api.error.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Decides before anything of a request is read but its head whether there is room for it. Thread-safe; no method blocks.
 */
public interface Doorkeeper {

    /** What a request competes with. Each lane has room of its own. */
    enum Lane {
        /** Signs of life: they are never refused for what the other lanes have to do. */
        BEAT,
        /** What goes through the log. */
        WRITE,
        /** What this node answers of what it knows. */
        READ
    }

    /** Lets everybody in, for tests. */
    Doorkeeper NONE = new Doorkeeper() {
        @Override
        public @Nullable Problem enter(Lane lane, String address, boolean showsToken) {
            return null;
        }

        @Override
        public @Nullable Problem spend(Lane lane, String tokenId, String address) {
            return null;
        }

        @Override
        public void loginFailed(String address) {
            // Nobody counts.
        }

        @Override
        public int maxConnections(String address) {
            return Integer.MAX_VALUE;
        }

        @Override
        public int maxWatches(String address) {
            return Integer.MAX_VALUE;
        }
    };

    /**
     * Asks for a request.
     *
     * @param lane what it competes with
     * @param address whose it is, as text of digits
     * @param showsToken whether it comes with a token, right or wrong
     * @return why it is refused, with {@code retryAfter}; null lets it in
     */
    @Nullable
    Problem enter(Lane lane, String address, boolean showsToken);

    /**
     * Asks for a request whose token was found to be right. Not before: whoever knows but its id must not use up its rate.
     *
     * @param lane what it competes with
     * @param tokenId of the token
     * @param address whose request it is
     * @return why it is refused, with {@code retryAfter}; null lets it in
     */
    @Nullable
    Problem spend(Lane lane, String tokenId, String address);

    /**
     * Counts a request whose token was wrong, unknown or expired.
     *
     * @param address whose it was
     */
    void loginFailed(String address);

    /**
     * Says how many connections one address may have.
     *
     * @param address whose
     * @return at least 1
     */
    int maxConnections(String address);

    /**
     * Says how many streams one address may follow.
     *
     * @param address whose
     * @return at least 1
     */
    int maxWatches(String address);
}
