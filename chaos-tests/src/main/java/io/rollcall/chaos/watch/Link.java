package io.rollcall.chaos.watch;

import io.rollcall.chaos.workload.Door;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection of a watcher to one node. For the thread of the loop. */
final class Link implements SseReader.Sink {

    /** So that a reader's slowness is felt by the node and not hidden in buffers. */
    private static final int SMALL_BUFFER_BYTES = 4_096;

    private final Watcher watcher;
    private final Door door;
    private final Frames frames;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final SseReader reader = new SseReader(this);
    private long heardNanos = System.nanoTime();
    private boolean open;
    private String refusal = "";

    private Link(Watcher watcher, Door door, Frames frames, SocketChannel channel, Selector selector)
            throws IOException {
        this.watcher = watcher;
        this.door = door;
        this.frames = frames;
        this.channel = channel;
        this.key = channel.register(selector, SelectionKey.OP_CONNECT, this);
    }

    /** Begins to connect. */
    static Link connect(Watcher watcher, Door door, Frames frames, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            if (watcher.hasSmallSocket()) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER_BYTES);
            }
            Link link = new Link(watcher, door, frames, channel, selector);
            channel.connect(
                    new InetSocketAddress(door.http().getHost(), door.http().getPort()));
            return link;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    Watcher watcher() {
        return watcher;
    }

    Door door() {
        return door;
    }

    boolean isOpen() {
        return open;
    }

    /** When anything came last. */
    long heardNanos() {
        return heardNanos;
    }

    void sendRequest() throws IOException {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        ByteBuffer request = ByteBuffer.wrap(
                watcher.request(door.http().getHost() + ":" + door.http().getPort()));
        channel.write(request);
        if (request.hasRemaining()) {
            throw new IOException("a new connection takes no request of " + request.limit() + " bytes");
        }
    }

    /**
     * Reads what has come.
     *
     * @param in empty; used for the call alone
     * @throws IOException if the stream is over
     */
    void receive(ByteBuffer in, long now) throws IOException {
        in.clear();
        int pace = watcher.bytesPerSecond();
        if (pace > 0) {
            in.limit(Math.min(pace, in.limit()));
            // Until the next second begins.
            key.interestOps(0);
        }
        int count = channel.read(in);
        if (count < 0) {
            throw new IOException("the node closed the connection");
        }
        heardNanos = now;
        reader.read(in.flip());
        if (reader.isOver()) {
            throw new IOException(refusal.isEmpty() ? "the node ended the stream" : refusal);
        }
    }

    /** A new second: a slow reader may go on. */
    void readOn() {
        if (key.isValid() && key.interestOps() == 0) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    @Override
    public void opened() {
        open = true;
        watcher.opened(door.node());
    }

    @Override
    public void refused(int status, String text) {
        refusal = status + " " + text;
    }

    @Override
    public void told(String id, String event, String data) {
        watcher.told(id.isEmpty() ? -1 : Long.parseLong(id), frames.read(event, data));
    }

    /** Whether the node answered by anything but a stream. */
    boolean isRefused() {
        return !refusal.isEmpty();
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket cannot be closed", e);
        }
    }
}
