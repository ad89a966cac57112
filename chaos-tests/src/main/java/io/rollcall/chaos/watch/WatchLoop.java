package io.rollcall.chaos.watch;

import io.rollcall.chaos.workload.Door;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The one thread that reads all streams, and opens each anew that broke off. */
final class WatchLoop implements Runnable {

    /** Requests without an answer at a time: a herd of clients has jitter, too. */
    private static final int OPENING_MAX = 200;

    private static final int READ_BYTES = 256 * 1024;
    private static final long TICK_MILLIS = 20;
    private static final long SWEEP_NANOS = Duration.ofMillis(250).toNanos();
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long OPENING_NANOS_MAX = Duration.ofSeconds(10).toNanos();

    /** Beyond three syncs a client takes a silent node for dead. */
    private static final long SILENT_NANOS_MAX = Duration.ofSeconds(35).toNanos();

    private static final long BACK_OFF_MIN_NANOS = Duration.ofMillis(20).toNanos();
    private static final long BACK_OFF_MAX_NANOS = Duration.ofMillis(250).toNanos();

    private final List<Door> doors;
    private final SplittableRandom random;
    private final LongConsumer resumedMillis;
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocate(READ_BYTES);
    private final Frames frames = new Frames();
    private final Map<Watcher, Link> links = new HashMap<>();
    private final Map<Watcher, Long> lostNanos = new HashMap<>();
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparingLong(Waiting::dueNanos));
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private int opening;
    private long sweptNanos;
    private long secondNanos;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    /** A watcher without a connection. */
    private record Waiting(Watcher watcher, Door door, long dueNanos) {}

    WatchLoop(List<Door> doors, SplittableRandom random, LongConsumer resumedMillis) {
        this.doors = List.copyOf(doors);
        this.random = random;
        this.resumedMillis = resumedMillis;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the thread of the loop do something soon. */
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    void close() {
        closed = true;
        selector.wakeup();
    }

    /** What ended the loop although it was not closed. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    @Override
    public void run() {
        try (selector) {
            while (!closed) {
                selector.select(this::ready, TICK_MILLIS);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                long now = System.nanoTime();
                openDue(now);
                sweep(now);
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        } finally {
            List.copyOf(links.values()).forEach(Link::close);
            links.keySet().forEach(watcher -> watcher.ended("the watcher leaves"));
        }
    }

    /** Opens a watcher's first stream. */
    void open(Watcher watcher, Door door) {
        waiting.add(new Waiting(watcher, door, System.nanoTime()));
    }

    /** Ends a watcher's stream, to go on at another node. */
    void move(Watcher watcher, Door to) {
        Link link = links.get(watcher);
        if (link != null) {
            drop(link, "the watcher changes its node");
            waiting.add(new Waiting(watcher, to, System.nanoTime()));
        }
    }

    private void ready(SelectionKey key) {
        Link link = (Link) key.attachment();
        try {
            if (key.isConnectable()) {
                link.sendRequest();
            } else {
                boolean before = link.isOpen();
                link.receive(in, System.nanoTime());
                if (!before && link.isOpen()) {
                    opened(link);
                }
            }
        } catch (IOException e) {
            lost(link, String.valueOf(e.getMessage()));
        }
    }

    private void opened(Link link) {
        opening--;
        Long lost = lostNanos.remove(link.watcher());
        if (lost != null) {
            resumedMillis.accept(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lost));
        }
    }

    private void lost(Link link, String why) {
        drop(link, why);
        long now = System.nanoTime();
        lostNanos.putIfAbsent(link.watcher(), now);
        if (link.isRefused() && !why.startsWith("503")) {
            // A client that asks for nonsense would do so for ever.
            throw new IllegalStateException(
                    link.door().node() + " refuses " + link.watcher().name() + ": " + why);
        }
        long pause = random.nextLong(BACK_OFF_MIN_NANOS, BACK_OFF_MAX_NANOS);
        waiting.add(new Waiting(link.watcher(), otherThan(link.door()), now + pause));
    }

    private void drop(Link link, String why) {
        if (!link.isOpen()) {
            opening--;
        }
        link.close();
        links.remove(link.watcher());
        link.watcher().ended(why);
    }

    private Door otherThan(Door door) {
        List<Door> others = doors.stream().filter(other -> !other.equals(door)).toList();
        return others.isEmpty() ? door : others.get(random.nextInt(others.size()));
    }

    private void openDue(long now) {
        while (opening < OPENING_MAX) {
            Waiting next = waiting.peek();
            if (next == null || next.dueNanos() - now > 0) {
                return;
            }
            waiting.remove();
            opening++;
            try {
                links.put(next.watcher(), Link.connect(next.watcher(), next.door(), frames, selector));
            } catch (IOException e) {
                opening--;
                waiting.add(new Waiting(next.watcher(), otherThan(next.door()), now + BACK_OFF_MAX_NANOS));
            }
        }
    }

    private void sweep(long now) {
        if (now - sweptNanos < SWEEP_NANOS) {
            return;
        }
        sweptNanos = now;
        boolean newSecond = now - secondNanos >= SECOND_NANOS;
        List<Link> silent = new ArrayList<>();
        for (Link link : links.values()) {
            long max = link.isOpen() ? SILENT_NANOS_MAX : OPENING_NANOS_MAX;
            if (now - link.heardNanos() > max && link.watcher().bytesPerSecond() == 0) {
                silent.add(link);
            } else if (newSecond) {
                link.readOn();
            }
        }
        secondNanos = newSecond ? now : secondNanos;
        silent.forEach(link -> lost(link, link.isOpen() ? "the node is silent" : "the node does not answer"));
    }
}
