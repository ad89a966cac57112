package io.rollcall.bench.watch;

import io.rollcall.bench.load.Requests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Watchers of the registry, each with a connection of its own, all read by one thread. */
public final class StreamWatchers implements Watchers {

    /** Streams that are opened at a time. */
    private static final int OPENING_MAX = 100;

    private static final int READ_BYTES = 256 * 1024;
    private static final long OPEN_SECONDS_MAX = 60;
    private static final long CLOSE_MILLIS_MAX = 10_000;

    private final Arrivals arrivals;
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
    private final Semaphore opening = new Semaphore(OPENING_MAX);
    private final AtomicInteger lost = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "watchers");
    private volatile boolean closed;
    private long nowNanos;

    /** One watcher. */
    private final class Link {

        private final SocketChannel channel;
        private final EventStream stream = new EventStream(change -> arrivals.add(change, nowNanos));
        private boolean begun;

        Link(SocketChannel channel) {
            this.channel = channel;
        }

        void receive() throws IOException {
            in.clear();
            var count = channel.read(in);
            nowNanos = System.nanoTime();
            if (count < 0) {
                throw new IOException("the server closed a watch");
            }
            stream.read(in.flip());
            if (!begun && stream.events() > 0) {
                begun = true;
                opening.release();
            }
        }
    }

    private StreamWatchers(Arrivals arrivals) throws IOException {
        this.arrivals = arrivals;
        this.selector = Selector.open();
        thread.setDaemon(true);
    }

    /**
     * Opens watchers, and waits until each was told what there is.
     *
     * @param nodes where, in turn
     * @param services what each watches, in turn
     * @param count how many
     * @param arrivals takes what they are told
     * @return watching until closed
     * @throws IOException if a connection fails
     */
    public static StreamWatchers open(
            List<InetSocketAddress> nodes, List<String> services, int count, Arrivals arrivals) throws IOException {
        var watchers = new StreamWatchers(arrivals);
        watchers.thread.start();
        try {
            for (var i = 0; i < count; i++) {
                watchers.take(1);
                watchers.connect(nodes.get(i % nodes.size()), services.get(i % services.size()));
            }
            watchers.take(OPENING_MAX);
            return watchers;
        } catch (IOException | RuntimeException e) {
            watchers.close();
            throw e;
        }
    }

    @Override
    public int lost() {
        return lost.get();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(CLOSE_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(int permits) {
        try {
            if (!opening.tryAcquire(permits, OPEN_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "a watch was not begun within " + OPEN_SECONDS_MAX + " s; " + lost + " were lost");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while watches were opened", e);
        }
    }

    private void connect(InetSocketAddress node, String service) throws IOException {
        var channel = SocketChannel.open(node);
        channel.write(ByteBuffer.wrap(Requests.get("/api/v1/watch?service=" + service)));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Link(channel));
        selector.wakeup();
    }

    private void run() {
        try (selector) {
            while (!closed) {
                selector.select(this::ready);
            }
            selector.keys().forEach(StreamWatchers::drop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        try {
            ((Link) key.attachment()).receive();
        } catch (IOException | IllegalStateException over) {
            lost.incrementAndGet();
            drop(key);
        }
    }

    private static void drop(SelectionKey key) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
