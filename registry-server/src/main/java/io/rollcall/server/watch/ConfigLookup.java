package io.rollcall.server.watch;

import io.rollcall.server.view.ConfigScope;
import io.rollcall.server.watch.WatchCounters.Count;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Looks into the past for streams, a few at a time, the others in turn. Confined to the hub's thread but for the looks. */
final class ConfigLookup {

    /** Looks at a time. */
    static final int LOOKS_MAX = 2;

    private final ConfigPast past;
    private final Executor reader;
    private final Executor hub;
    private final WatchCounters counters;
    // Bounded by the streams, each of which looks for one thing at a time.
    private final Queue<Wish> waiting = new ArrayDeque<>();
    private int underWay;

    private record Wish(ConfigStream stream, Runnable ready) {}

    /**
     * A way to the past.
     *
     * @param past may read from disk
     * @param reader runs that; what it refuses is tried again
     * @param hub runs what follows on the hub's thread
     * @param counters counts
     */
    ConfigLookup(ConfigPast past, Executor reader, Executor hub, WatchCounters counters) {
        this.past = past;
        this.reader = reader;
        this.hub = hub;
        this.counters = counters;
    }

    /**
     * Looks for what a stream needs, when its turn has come.
     *
     * @param ready runs when the stream has what was found, unless it has ended
     */
    void look(ConfigStream stream, Runnable ready) {
        waiting.add(new Wish(stream, ready));
        // Not now: the stream is in the midst of something.
        hub.execute(this::lookOn);
    }

    /** Begins the looks whose turn it is. */
    void lookOn() {
        while (underWay < LOOKS_MAX && !waiting.isEmpty()) {
            Wish wish = waiting.element();
            if (wish.stream.ended || wish.stream.isFoundAlready()) {
                found(wish, null);
            } else if (!begin(wish)) {
                // The next sweep tries again.
                return;
            }
            waiting.remove();
        }
    }

    private boolean begin(Wish wish) {
        ConfigScope scope = wish.stream.scope();
        long after = wish.stream.lookedForAfter();
        try {
            reader.execute(() -> {
                try {
                    ConfigFound found = after < 0 ? past.beginning(scope) : past.changes(scope, after);
                    hub.execute(() -> ended(wish, found));
                } catch (RuntimeException | Error e) {
                    // There, as all that goes wrong with the telling: a stream that waits for this would wait for ever.
                    hub.execute(() -> {
                        throw e;
                    });
                }
            });
        } catch (RejectedExecutionException e) {
            return false;
        }
        underWay++;
        counters.add(Count.CONFIG_LOOKS, after < 0 ? 0 : 1);
        return true;
    }

    private void ended(Wish wish, ConfigFound found) {
        underWay--;
        found(wish, found);
        lookOn();
    }

    private void found(Wish wish, @Nullable ConfigFound found) {
        if (!wish.stream.ended) {
            wish.stream.found(found, counters);
            wish.ready.run();
        }
    }
}
