package io.rollcall.client.directory;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a directory fares.
 *
 * @param mode how it learns what is new
 * @param since how long that has been so
 * @param lastHeard how long ago the registry said anything; {@link ServiceView#NEVER} if never
 * @param services how many services it follows
 * @param unknown of these, of how many nothing is known
 * @param stale of these, of how many no more is known than what is older than the limit
 * @param kept of these, of how many the instances are kept although the registry says that there are none
 * @param streams how many streams it holds
 * @param problem what went wrong last; null once all is well
 */
public record DirectoryHealth(
        DirectoryMode mode,
        Duration since,
        Duration lastHeard,
        int services,
        int unknown,
        int stale,
        int kept,
        int streams,
        @Nullable String problem) {

    /**
     * Tells whether the registry is reached.
     *
     * @return true if what is new is learnt
     */
    public boolean isReachable() {
        return mode == DirectoryMode.WATCH || mode == DirectoryMode.POLL;
    }
}
