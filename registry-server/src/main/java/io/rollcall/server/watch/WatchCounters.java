package io.rollcall.server.watch;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What one node has done for those who follow, counted since its start. Thread-safe. */
public final class WatchCounters {

    /** What is counted. */
    public enum Count {
        /** Events that were handed to streams, all kinds together. */
        EVENTS("events"),
        /** Snapshots among them. */
        SNAPSHOTS("snapshots"),
        /** Snapshots in the midst of a stream, because what lay between was not known any more. */
        RESTARTS("restarts"),
        /** Streams that went on where an earlier one ended. */
        RESUMES("resumes"),
        /** Services, or configuration, of such streams that began anew by a snapshot. */
        RESUMES_BY_SNAPSHOT("resumesBySnapshot"),
        /** Times that a stream or a waiting read was woken by a change. */
        WAKEUPS("wakeups"),
        /** Those of them that had nothing to tell. */
        USELESS_WAKEUPS("uselessWakeups"),
        /** Feeds that started anew, because changes came faster than they could be told. */
        FEEDS_RESET("feedsReset"),
        /** Looks into the store for changes of configuration that are not in memory any more. */
        CONFIG_LOOKS("configLooks"),
        /** Streams and waiting reads that were refused because there were too many. */
        REFUSED("refused"),
        /** Streams that were cut off because their readers were too slow. */
        DROPPED_TOO_SLOW("droppedTooSlow", "too-slow"),
        /** Streams whose readers were found to be gone. */
        DROPPED_GONE("droppedGone", "gone"),
        /** Streams that were ended because their readers may not have them any more. */
        DROPPED_ACCESS("droppedAccess", "access-ended");

        private final String wireName;
        private final @Nullable String dropReason;

        Count(String wireName) {
            this(wireName, null);
        }

        Count(String wireName, @Nullable String dropReason) {
            this.wireName = wireName;
            this.dropReason = dropReason;
        }

        /**
         * Returns why streams ended, if it counts that.
         *
         * @return in kebab case; null if it counts something else
         */
        public @Nullable String dropReason() {
            return dropReason;
        }

        /**
         * Returns the name in JSON.
         *
         * @return in camel case
         */
        public String wireName() {
            return wireName;
        }
    }

    private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);

    WatchCounters() {
        for (Count count : Count.values()) {
            counts.put(count, new LongAdder());
        }
    }

    void add(Count count, long number) {
        adder(count).add(number);
    }

    private LongAdder adder(Count count) {
        LongAdder adder = counts.get(count);
        if (adder == null) {
            throw new IllegalStateException("not counted: " + count);
        }
        return adder;
    }

    /**
     * Returns a count.
     *
     * @param count which
     * @return since the node's start
     */
    public long get(Count count) {
        return adder(count).sum();
    }
}
