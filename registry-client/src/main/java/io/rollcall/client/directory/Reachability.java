package io.rollcall.client.directory;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a directory reaches the registry, since when, and what went wrong last. Confined to the lane but for what it returns. */
final class Reachability {

    private static final Logger LOG = LoggerFactory.getLogger(Reachability.class);

    private final Lane lane;
    private final Feeds feeds;
    private final StreamTrust trust;
    private final Notices notices;
    private final Duration silence;
    private boolean hasFailed;
    private volatile DirectoryMode mode = DirectoryMode.STARTING;
    private volatile long sinceNanos;
    private volatile @Nullable String problem;

    /**
     * A registry that was not asked yet.
     *
     * @param silence how long a stream may say nothing
     */
    Reachability(Lane lane, Feeds feeds, StreamTrust trust, Notices notices, Duration silence) {
        this.lane = lane;
        this.feeds = feeds;
        this.trust = trust;
        this.notices = notices;
        this.silence = silence;
        this.sinceNanos = lane.nanos();
    }

    /** Something went wrong. */
    void failed(String what) {
        hasFailed = true;
        problem = what;
    }

    /** All streams are as they should be. */
    void mended() {
        problem = mode == DirectoryMode.WATCH ? null : problem;
    }

    /** Finds out how it is now, and tells if that is otherwise than before. */
    void update() {
        if (mode != DirectoryMode.CLOSED) {
            change(present());
        }
    }

    private DirectoryMode present() {
        boolean isStreamed = !trust.isGivenUp()
                && feeds.open().stream()
                        .anyMatch(feed ->
                                feed.isHeardWithin(silence, lane.nanos()) && !(feed.isInterrupted() && trust.isAway()));
        if (isStreamed) {
            return DirectoryMode.WATCH;
        }
        if (trust.readsWork()) {
            return DirectoryMode.POLL;
        }
        return hasFailed ? DirectoryMode.OFFLINE : DirectoryMode.STARTING;
    }

    private void change(DirectoryMode after) {
        DirectoryMode before = mode;
        if (before == after) {
            return;
        }
        mode = after;
        sinceNanos = lane.nanos();
        problem = after == DirectoryMode.WATCH ? null : problem;
        LOG.atInfo()
                .addKeyValue("before", before)
                .addKeyValue("after", after)
                .addKeyValue("detail", problem)
                .log("a directory reaches the registry in another way");
        notices.tell(listener -> listener.onMode(before, after));
    }

    /** What went wrong before is of no account any more. */
    void forget() {
        hasFailed = false;
        problem = null;
    }

    /** The registry is not asked any more. */
    void close() {
        change(DirectoryMode.CLOSED);
    }

    boolean isClosed() {
        return mode == DirectoryMode.CLOSED;
    }

    DirectoryMode mode() {
        return mode;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    @Nullable
    String problem() {
        return problem;
    }
}
