package io.rollcall.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A caller: a keep-alive connection with at most one request in flight. */
final class Connection implements AutoCloseable {

    /** What reading from the connection gave. */
    enum Arrival {
        NOTHING_YET,
        ANSWER,
        LOST
    }

    private final InetSocketAddress target;
    private final Selector selector;
    private SocketChannel channel;
    private @Nullable TlsSession tls;
    private SelectionKey key;
    private AnswerReader reader = new AnswerReader();
    private @Nullable ByteBuffer unsent;
    private boolean busy;
    private long startNanos;

    Connection(InetSocketAddress target, Selector selector) throws IOException {
        this.target = target;
        this.selector = selector;
        this.channel = connect(target);
        this.tls = secured(target, channel);
        this.key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    boolean isBusy() {
        return busy;
    }

    /** When the request in flight began, or was meant to. */
    long startNanos() {
        return startNanos;
    }

    /** The newest answer. */
    AnswerReader answer() {
        return reader;
    }

    void send(ByteBuffer request, long start) throws IOException {
        busy = true;
        startNanos = start;
        ByteBuffer out = tls == null ? request : tls.wrap(tls.target().authorized(request));
        channel.write(out);
        if (out.hasRemaining()) {
            unsent = ByteBuffer.allocate(out.remaining()).put(out).flip();
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    void sendOn() throws IOException {
        if (unsent != null) {
            channel.write(unsent);
            if (!unsent.hasRemaining()) {
                unsent = null;
                key.interestOps(SelectionKey.OP_READ);
            }
        }
    }

    Arrival receive(ByteBuffer in) throws IOException {
        in.clear();
        int count;
        try {
            count = tls == null ? channel.read(in) : tls.read(channel, in);
        } catch (IOException reset) {
            return Arrival.LOST;
        }
        if (count < 0) {
            return Arrival.LOST;
        }
        in.flip();
        if (!reader.read(in)) {
            return Arrival.NOTHING_YET;
        }
        busy = false;
        if (reader.closes()) {
            reconnect();
        }
        return Arrival.ANSWER;
    }

    /** Opens the connection anew; what was in flight is lost. */
    void reconnect() throws IOException {
        close();
        busy = false;
        unsent = null;
        reader = reader.closes() ? reader : new AnswerReader();
        channel = connect(target);
        tls = secured(target, channel);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    @Override
    public void close() throws IOException {
        key.cancel();
        channel.close();
    }

    private static SocketChannel connect(InetSocketAddress target) throws IOException {
        try {
            var channel = SocketChannel.open(target);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return channel;
        } catch (IOException e) {
            throw new IOException("no connection to " + target + ": is the server up?", e);
        }
    }

    /** Shakes hands if it is to be, and has the channel not block from then on. */
    private static @Nullable TlsSession secured(InetSocketAddress target, SocketChannel channel) throws IOException {
        var session = target instanceof SecuredAddress address ? TlsSession.open(address, channel) : null;
        channel.configureBlocking(false);
        return session;
    }
}
