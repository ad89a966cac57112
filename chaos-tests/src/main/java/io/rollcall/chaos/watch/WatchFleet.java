package io.rollcall.chaos.watch;

import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.workload.Door;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;

/** Watchers in great number, spread over nodes. Driven by one thread, read by another one. */
public final class WatchFleet implements AutoCloseable {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final List<Door> doors;
    private final WatchLoop loop;
    private final Thread thread;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    /**
     * A fleet of nobody yet.
     *
     * @param doors of all nodes, those that do not run included
     * @param random decides where a broken stream goes on, and when
     * @param resumedMillis is told how long each broken stream was away, on the thread that reads
     */
    public WatchFleet(List<Door> doors, SplittableRandom random, LongConsumer resumedMillis) {
        this.doors = List.copyOf(doors);
        this.loop = new WatchLoop(this.doors, random, resumedMillis);
        this.thread = new Thread(loop, "watch-fleet");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Adds watchers, in turn on each node, and does not wait.
     *
     * @param prefix of their names
     * @param selections what each watches; one watcher for each
     * @return the new ones, in the same order
     */
    public List<Watcher> add(String prefix, List<List<String>> selections) {
        List<Watcher> added = new ArrayList<>();
        for (List<String> services : selections) {
            added.add(new Watcher(prefix + added.size(), services, false));
        }
        // All at once, since each addition copies the list.
        watchers.addAll(added);
        loop.execute(() -> {
            for (int i = 0; i < added.size(); i++) {
                loop.open(added.get(i), doors.get(i % doors.size()));
            }
        });
        return added;
    }

    /**
     * Adds one watcher that can be made a slow one: little waits in its socket for being read.
     *
     * @param name its name
     * @param services what it watches; empty: all
     * @param door at which node
     * @return the watcher, which reads as fast as it can until it is told otherwise
     */
    public Watcher addSmall(String name, List<String> services, Door door) {
        Watcher watcher = new Watcher(name, services, true);
        watchers.add(watcher);
        loop.execute(() -> loop.open(watcher, door));
        return watcher;
    }

    /**
     * Lets watchers go on at another node.
     *
     * @param some which; those without a stream are left alone
     * @param to where
     */
    public void move(List<Watcher> some, Door to) {
        loop.execute(() -> some.forEach(watcher -> loop.move(watcher, to)));
    }

    /**
     * Returns all watchers.
     *
     * @return in the order in which they were added
     */
    public List<Watcher> watchers() {
        return List.copyOf(watchers);
    }

    /**
     * Waits until every watcher has a stream and was told all up to an index.
     *
     * @param index at least so much
     * @param limit how long
     * @throws AssertionError if one was not
     */
    public void awaitTold(long index, Duration limit) {
        Conditions.await("all watchers to be told of index " + index, limit, () -> {
            requireAlive();
            List<Watcher> behind = watchers.stream()
                    .filter(watcher -> !watcher.isOpen() || watcher.lastId() < index)
                    .toList();
            if (!behind.isEmpty()) {
                Watcher first = behind.get(0);
                throw new AssertionError(behind.size() + " of " + watchers.size() + " watchers are behind " + index
                        + ", such as " + first.name() + " at " + first.lastId()
                        + (first.isOpen() ? "" : ", without a stream"));
            }
        });
    }

    /**
     * Throws if the fleet does not read any more.
     *
     * @throws IllegalStateException with the cause: an event that cannot be read, or an answer that no retry mends
     */
    public void requireAlive() {
        Throwable failure = loop.failure();
        if (failure != null) {
            throw new IllegalStateException("the watchers read no more", failure);
        }
    }

    /**
     * Returns what all watchers went through so far.
     *
     * @return in the order of the watchers
     */
    public List<Story> stories() {
        return watchers.stream().map(Watcher::story).toList();
    }

    /** Ends all streams. */
    @Override
    public void close() {
        loop.close();
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
