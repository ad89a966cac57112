package io.rollcall.server.http;

import io.rollcall.api.model.Durations;
import io.rollcall.api.model.Violations;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A read that waits for the query's answer to change.
 *
 * @param index past which the query's version must be
 * @param longest how long to wait for that, a little of chance included
 */
record BlockingRead(long index, Duration longest) {

    static final Duration DEFAULT_WAIT = Duration.ofSeconds(30);
    static final Duration MAX_WAIT = Duration.ofMinutes(10);

    /** The most that chance adds, as a part of the wait: readers that began together do not come back together. */
    private static final int JITTER_PART = 16;

    /**
     * Reads {@code index} and {@code wait}.
     *
     * @return null if the read does not wait
     */
    static @Nullable BlockingRead of(QueryParameters parameters, Violations violations) {
        Long index = parameters.wholeNumber("index", 0);
        Duration wait = parameters.duration("wait");
        if (wait != null && wait.compareTo(MAX_WAIT) > 0) {
            String most = Durations.format(MAX_WAIT);
            violations.add("wait", "must be 0s to " + most, most);
        }
        if (wait != null && parameters.text("index") == null) {
            violations.add("wait", "needs index: the version that the caller has");
        }
        if (index != null && parameters.text("at") != null) {
            violations.add("at", "is of a time that changes no more: leave index out");
        }
        return index == null ? null : new BlockingRead(index, withJitter(wait == null ? DEFAULT_WAIT : wait));
    }

    private static Duration withJitter(Duration wait) {
        long millis = wait.toMillis();
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / JITTER_PART + 1));
    }
}
