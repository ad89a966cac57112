package io.rollcall.bench.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;

/** The address of a server that is spoken to by TLS, with a token in each request. */
public final class SecuredAddress extends InetSocketAddress {

    private static final long serialVersionUID = 1L;
    private static final byte LINE_END = '\n';

    private final transient SSLContext context;
    private final String authorization;

    /**
     * An address as it is, by TLS.
     *
     * @param address the address
     * @param context whom the driver trusts
     * @param token what each request shows; empty: nothing
     */
    public SecuredAddress(InetSocketAddress address, SSLContext context, String token) {
        super(address.getAddress(), address.getPort());
        this.context = context;
        this.authorization = token.isEmpty() ? "" : "Bearer " + token;
    }

    /**
     * Returns whom the driver trusts.
     *
     * @return for any connection
     */
    public SSLContext context() {
        return context;
    }

    /**
     * Returns what the header {@code Authorization} says.
     *
     * @return empty: it is not sent
     */
    public String authorization() {
        return authorization;
    }

    /** The same request with the token, which stands behind the request's first line. */
    ByteBuffer authorized(ByteBuffer request) {
        if (authorization.isEmpty()) {
            return request;
        }
        var header = Requests.ascii("Authorization: " + authorization + "\r\n");
        var out = ByteBuffer.allocate(request.remaining() + header.length);
        byte read;
        do {
            read = request.get();
            out.put(read);
        } while (read != LINE_END);
        return out.put(header).put(request).flip();
    }
}
