package io.rollcall.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to watch.
 *
 * @param selection which instances; others count as absent
 * @param subscriber the name that the registry shows for this watcher, 1 to 128 printable ASCII characters; null for its
 *     address
 * @param syncInterval how often the registry says that there is nothing new ({@code watch.sync-interval} there). A stream
 *     that is silent for three times as long is given up. Too small: good streams are thrown away. Too large: a dead one
 *     is noticed late
 */
public record WatchOptions(Selection selection, @Nullable String subscriber, Duration syncInterval) {

    private static final int MAX_SUBSCRIBER_LENGTH = 128;
    private static final WatchOptions DEFAULT = new WatchOptions(Selection.healthy(), null, Duration.ofSeconds(10));

    /** Checks them. */
    public WatchOptions {
        if (subscriber != null
                && (subscriber.isBlank()
                        || subscriber.length() > MAX_SUBSCRIBER_LENGTH
                        || !subscriber.chars().allMatch(c -> c >= ' ' && c < 0x7f))) {
            throw new IllegalArgumentException(
                    "subscriber must be 1 to " + MAX_SUBSCRIBER_LENGTH + " printable ASCII characters");
        }
        if (syncInterval.isNegative() || syncInterval.isZero()) {
            throw new IllegalArgumentException("syncInterval must be above zero, is " + syncInterval);
        }
    }

    /**
     * Watches what takes traffic.
     *
     * @return the options
     */
    public static WatchOptions healthy() {
        return DEFAULT;
    }

    /**
     * Sets which instances are watched.
     *
     * @param value the selection
     * @return a copy
     */
    public WatchOptions withSelection(Selection value) {
        return new WatchOptions(value, subscriber, syncInterval);
    }

    /**
     * Sets the name that the registry shows.
     *
     * @param value null for the address
     * @return a copy
     */
    public WatchOptions withSubscriber(@Nullable String value) {
        return new WatchOptions(selection, value, syncInterval);
    }

    /**
     * Sets how often the registry says that there is nothing new.
     *
     * @param value as it is set there
     * @return a copy
     */
    public WatchOptions withSyncInterval(Duration value) {
        return new WatchOptions(selection, subscriber, value);
    }
}
