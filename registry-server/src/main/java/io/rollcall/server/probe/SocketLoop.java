package io.rollcall.server.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens TCP connections and asks over UDP, all on one thread. */
final class SocketLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SocketLoop.class);

    /** What a UDP target is sent; it may answer whatever it wants. */
    static final String QUESTION = "rollcall";

    private static final long LONGEST_SELECT_MILLIS = 1_000;

    /** One question to one address. Only the loop's thread touches it, but for the future. */
    private static final class Attempt {
        final InetSocketAddress address;
        final boolean datagram;
        final long deadlineNanos;
        final long number;
        final CompletableFuture<Void> answered = new CompletableFuture<>();

        @Nullable
        SelectableChannel channel;

        Attempt(InetSocketAddress address, boolean datagram, long deadlineNanos, long number) {
            this.address = address;
            this.datagram = datagram;
            this.deadlineNanos = deadlineNanos;
            this.number = number;
        }
    }

    private final Selector selector;
    private final Thread thread;
    private final Queue<Attempt> arrivals;
    private final TreeSet<Attempt> waiting;
    private final ByteBuffer answer = ByteBuffer.allocate(1);
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean closed;

    SocketLoop(int maxArrivals) throws IOException {
        long originNanos = System.nanoTime();
        selector = Selector.open();
        arrivals = new ArrayBlockingQueue<>(maxArrivals);
        waiting = new TreeSet<>(Comparator.comparingLong((Attempt attempt) -> attempt.deadlineNanos - originNanos)
                .thenComparingLong(attempt -> attempt.number));
        thread = new Thread(this::run, "rollcall-probe-sockets");
        thread.setDaemon(true);
        thread.start();
    }

    /** Completes when the connection has opened; it is closed at once. */
    CompletableFuture<Void> connect(InetSocketAddress address, long deadlineNanos) {
        return submit(new Attempt(address, false, deadlineNanos, numbers.incrementAndGet()));
    }

    /** Completes when any datagram has come back. */
    CompletableFuture<Void> ask(InetSocketAddress address, long deadlineNanos) {
        return submit(new Attempt(address, true, deadlineNanos, numbers.incrementAndGet()));
    }

    private CompletableFuture<Void> submit(Attempt attempt) {
        if (closed || !arrivals.offer(attempt)) {
            attempt.answered.completeExceptionally(new IOException("too many checks at once"));
        } else {
            selector.wakeup();
        }
        return attempt.answered;
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(this::ready, millisToNextDeadline());
                for (Attempt attempt = arrivals.poll(); attempt != null; attempt = arrivals.poll()) {
                    begin(attempt);
                }
                expire(System.nanoTime());
            }
        } catch (IOException e) {
            closed = true;
            LOG.atError().setCause(e).log("TCP and UDP checks have ended; restart this member");
        } finally {
            waiting.forEach(attempt -> finish(attempt, new IOException("closed")));
            arrivals.forEach(attempt -> attempt.answered.completeExceptionally(new IOException("closed")));
        }
    }

    private long millisToNextDeadline() {
        if (waiting.isEmpty()) {
            return LONGEST_SELECT_MILLIS;
        }
        long nanos = waiting.first().deadlineNanos - System.nanoTime();
        // One more: it is rounded down, and 0 would mean for ever.
        return Math.max(1, Math.min(LONGEST_SELECT_MILLIS, TimeUnit.NANOSECONDS.toMillis(nanos) + 1));
    }

    private void begin(Attempt attempt) {
        waiting.add(attempt);
        try {
            if (attempt.datagram) {
                DatagramChannel channel = DatagramChannel.open();
                attempt.channel = channel.configureBlocking(false);
                // Connected, it takes no datagrams of others and is told when the port is closed.
                channel.connect(attempt.address);
                channel.write(ByteBuffer.wrap(QUESTION.getBytes(StandardCharsets.US_ASCII)));
                channel.register(selector, SelectionKey.OP_READ, attempt);
            } else {
                SocketChannel channel = SocketChannel.open();
                attempt.channel = channel.configureBlocking(false);
                if (channel.connect(attempt.address)) {
                    finish(attempt, null);
                } else {
                    channel.register(selector, SelectionKey.OP_CONNECT, attempt);
                }
            }
        } catch (IOException | RuntimeException e) {
            finish(attempt, e);
        }
    }

    private void ready(SelectionKey key) {
        Attempt attempt = (Attempt) key.attachment();
        try {
            boolean answered = key.channel() instanceof SocketChannel socket
                    ? socket.finishConnect()
                    : ((DatagramChannel) key.channel()).receive(answer.clear()) != null;
            if (answered) {
                finish(attempt, null);
            }
        } catch (IOException | RuntimeException e) {
            finish(attempt, e);
        }
    }

    private void expire(long nowNanos) {
        while (!waiting.isEmpty() && waiting.first().deadlineNanos - nowNanos <= 0) {
            finish(waiting.first(), new TimeoutException());
        }
    }

    private void finish(Attempt attempt, @Nullable Exception error) {
        waiting.remove(attempt);
        try {
            if (attempt.channel != null) {
                attempt.channel.close();
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("a socket did not close");
        }
        if (error == null) {
            attempt.answered.complete(null);
        } else {
            attempt.answered.completeExceptionally(error);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }
}
