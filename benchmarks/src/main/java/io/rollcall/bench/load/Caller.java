package io.rollcall.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A caller on a keep-alive connection who waits for each answer where he reads it. Used by one thread. */
public final class Caller implements AutoCloseable {

    private static final int READ_BYTES = 64 * 1024;

    private final SocketChannel channel;
    private final AnswerReader reader = new AnswerReader();
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);

    private Caller(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects.
     *
     * @param server where
     * @return open until closed
     * @throws IOException if there is no server
     */
    public static Caller connect(InetSocketAddress server) throws IOException {
        var channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return new Caller(channel);
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @param request head and body, whole
     * @return the status
     * @throws IOException if the connection is lost
     */
    public int call(byte[] request) throws IOException {
        var out = ByteBuffer.wrap(request);
        while (out.hasRemaining()) {
            channel.write(out);
        }
        do {
            in.clear();
            if (channel.read(in) < 0) {
                throw new IOException("the server closed the connection before it answered");
            }
        } while (!reader.read(in.flip()));
        return reader.status();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
