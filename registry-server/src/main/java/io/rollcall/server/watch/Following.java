package io.rollcall.server.watch;

import org.jspecify.annotations.Nullable;

/**
 * How far one subscriber of a service has come.
 *
 * @param subscriber who
 * @param subscription the stream; null for one who reads by waiting
 * @param sent index of the last change of the service that was sent to it
 * @param acknowledged registry index up to which it says that it knows; 0 if it never did
 * @param version index of the last change that it should know of
 */
public record Following(
        Subscriber subscriber, @Nullable String subscription, long sent, long acknowledged, long version) {

    /**
     * Returns how far what it acknowledged is behind what it should know.
     *
     * @return 0 if it knows all
     */
    public long lag() {
        return Math.max(0, version - acknowledged);
    }
}
