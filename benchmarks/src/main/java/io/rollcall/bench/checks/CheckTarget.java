package io.rollcall.bench.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server that answers 200 to every request without a body, at as little cost as can be: one thread, which looks for the
 * ends of requests and nothing else. It listens on one loopback address or on many, as if it were as many hosts.
 */
public final class CheckTarget implements AutoCloseable {

    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK".getBytes(StandardCharsets.US_ASCII);
    private static final int REQUEST_END = '\r' << 24 | '\n' << 16 | '\r' << 8 | '\n';
    private static final int BACKLOG = 1024;
    private static final int ADDRESSES_MAX = 250;

    private final Selector selector;
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final Thread thread = new Thread(this::serve, "check target");

    /** A connection, and the last four bytes that it gave. */
    private static final class Caller {

        private int lastBytes;

        boolean endsRequest(byte next) {
            lastBytes = lastBytes << 8 | (next & 0xFF);
            return lastBytes == REQUEST_END;
        }
    }

    private CheckTarget(Selector selector) {
        this.selector = selector;
    }

    /**
     * Starts one.
     *
     * @param count loopback addresses to listen on, 127.0.1.1 and those that follow; 1 to {@value #ADDRESSES_MAX}
     * @return serving
     * @throws IOException if there is no such address or port
     */
    public static CheckTarget start(int count) throws IOException {
        if (count < 1 || count > ADDRESSES_MAX) {
            throw new IllegalArgumentException("addresses " + count + ": give 1 to " + ADDRESSES_MAX);
        }
        var target = new CheckTarget(Selector.open());
        for (var i = 1; i <= count; i++) {
            target.listen(InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) i}));
        }
        target.thread.setDaemon(true);
        target.thread.start();
        return target;
    }

    /** Returns where it listens. */
    public List<InetSocketAddress> addresses() {
        return List.copyOf(addresses);
    }

    /** Returns the requests answered so far. */
    public long answered() {
        return answered.get();
    }

    /** Returns the connections accepted so far. */
    public long accepted() {
        return accepted.get();
    }

    @Override
    public void close() throws IOException {
        for (var key : List.copyOf(selector.keys())) {
            key.channel().close();
        }
        selector.close();
    }

    private void listen(InetAddress address) throws IOException {
        var channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress(address, 0), BACKLOG);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_ACCEPT);
        addresses.add((InetSocketAddress) channel.getLocalAddress());
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select(this::ready);
            }
        } catch (ClosedSelectorException closed) {
            // By close(), in between.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.attachment() instanceof Caller caller) {
                answer(caller, (SocketChannel) key.channel());
            } else {
                accept((ServerSocketChannel) key.channel());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocketChannel listening) throws IOException {
        for (var channel = listening.accept(); channel != null; channel = listening.accept()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Caller());
            accepted.incrementAndGet();
        }
    }

    private void answer(Caller caller, SocketChannel channel) throws IOException {
        in.clear();
        try {
            if (channel.read(in) < 0) {
                channel.close();
                return;
            }
            in.flip();
            while (in.hasRemaining()) {
                if (caller.endsRequest(in.get())) {
                    // One request at a time is in flight, so that its answer always fits the socket's buffer.
                    channel.write(ByteBuffer.wrap(ANSWER));
                    answered.incrementAndGet();
                }
            }
        } catch (IOException reset) {
            channel.close();
        }
    }
}
