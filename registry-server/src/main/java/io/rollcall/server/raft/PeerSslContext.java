package io.rollcall.server.raft;

import io.rollcall.server.app.TlsRules;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;
import org.apache.ratis.grpc.GrpcUtil;
import org.apache.ratis.thirdparty.io.netty.buffer.ByteBufAllocator;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.ApplicationProtocolNegotiator;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.ClientAuth;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.JdkSslContext;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SupportedCipherSuiteFilter;

/**
 * TLS between members for Ratis' Netty: each connection by what the files hold when it is opened. A context of its own for
 * each also means that no session is resumed, so that certificates are looked at each time; connections between members are
 * few.
 */
final class PeerSslContext extends SslContext {

    private final Supplier<SSLContext> contexts;
    private final boolean isClient;
    private final JdkSslContext shape;

    private PeerSslContext(Supplier<SSLContext> contexts, boolean isClient) {
        this.contexts = contexts;
        this.isClient = isClient;
        this.shape = next();
    }

    /** For connections to members. */
    static SslContext outbound(Supplier<SSLContext> contexts) {
        return new PeerSslContext(contexts, true);
    }

    /** For connections from members, who must show a certificate. */
    static SslContext inbound(Supplier<SSLContext> contexts) {
        return new PeerSslContext(contexts, false);
    }

    private JdkSslContext next() {
        return new JdkSslContext(
                contexts.get(),
                isClient,
                TlsRules.CIPHER_SUITES,
                SupportedCipherSuiteFilter.INSTANCE,
                GrpcUtil.ALPN,
                isClient ? ClientAuth.NONE : ClientAuth.REQUIRE,
                TlsRules.PROTOCOLS.toArray(new String[0]),
                false);
    }

    @Override
    public boolean isClient() {
        return isClient;
    }

    @Override
    public List<String> cipherSuites() {
        return shape.cipherSuites();
    }

    @Override
    @SuppressWarnings("deprecation") // Netty has no other for what it asks here
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return shape.applicationProtocolNegotiator();
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator) {
        return next().newEngine(allocator);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator, String host, int port) {
        return next().newEngine(allocator, host, port);
    }

    @Override
    public SSLSessionContext sessionContext() {
        return shape.sessionContext();
    }
}
