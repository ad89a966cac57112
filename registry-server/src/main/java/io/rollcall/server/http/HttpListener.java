package io.rollcall.server.http;

import io.rollcall.server.config.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * An address that is bound before anything else of a node is built: whoever comes second is told so at once, and a port
 * that the system chose is known to all parts.
 */
public final class HttpListener {

    // Connections that are complete and not accepted yet; the system may hold it to less.
    private static final int BACKLOG = 1_024;

    private final ServerSocketChannel channel;
    private final HostPort address;
    private final @Nullable ListenerTls tls;

    private HttpListener(ServerSocketChannel channel, HostPort address, @Nullable ListenerTls tls) {
        this.channel = channel;
        this.address = address;
        this.tls = tls;
    }

    /**
     * Binds an address, to be served in the clear.
     *
     * @param listen port 0 takes any that is free
     * @return bound; nothing is accepted yet
     * @throws IOException naming the address
     */
    public static HttpListener bind(HostPort listen) throws IOException {
        return bind(listen, null);
    }

    /**
     * Binds an address.
     *
     * @param listen port 0 takes any that is free
     * @param tls protects it, and nothing is served in the clear then; null: nothing does
     * @return bound; nothing is accepted yet
     * @throws IOException naming the address
     */
    public static HttpListener bind(HostPort listen, @Nullable ListenerTls tls) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(listen.host(), listen.port()), BACKLOG);
            InetSocketAddress bound = (InetSocketAddress) channel.getLocalAddress();
            return new HttpListener(channel, listen.withPort(bound.getPort()), tls);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw new IOException("HTTP cannot be served at " + listen + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns where clients are served.
     *
     * @return as it was asked for, with the port that was bound
     */
    public HostPort address() {
        return address;
    }

    @Nullable
    ListenerTls tls() {
        return tls;
    }

    ServerSocketChannel channel() {
        return channel;
    }
}
