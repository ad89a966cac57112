package io.rollcall.server.http;

import io.rollcall.server.app.TlsRules;
import io.rollcall.server.config.ClientAuthentication;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty's TLS: each connection by what the files hold when it is accepted. */
final class TlsConnectionFactory {

    private TlsConnectionFactory() {}

    static SslConnectionFactory of(Supplier<SSLContext> contexts, ClientAuthentication clients) {
        SslContextFactory.Server factory = new Following(contexts);
        // For Jetty's own checks at its start; no connection is served by it.
        factory.setSslContext(contexts.get());
        factory.setIncludeProtocols(TlsRules.PROTOCOLS.toArray(new String[0]));
        factory.setIncludeCipherSuites(TlsRules.CIPHER_SUITES.toArray(new String[0]));
        factory.setNeedClientAuth(clients == ClientAuthentication.NEED);
        factory.setWantClientAuth(clients == ClientAuthentication.WANT);
        factory.setRenegotiationAllowed(false);
        return new SslConnectionFactory(factory, HttpVersion.HTTP_1_1.asString());
    }

    private static final class Following extends SslContextFactory.Server {

        private final Supplier<SSLContext> contexts;

        Following(Supplier<SSLContext> contexts) {
            this.contexts = contexts;
        }

        @Override
        public SSLEngine newSSLEngine() {
            return customized(contexts.get().createSSLEngine());
        }

        @Override
        public SSLEngine newSSLEngine(String host, int port) {
            return customized(contexts.get().createSSLEngine(host, port));
        }

        @Override
        public SSLEngine newSSLEngine(InetSocketAddress address) {
            // Of a client's address nothing is looked up.
            return newSSLEngine();
        }

        private SSLEngine customized(SSLEngine engine) {
            customize(engine);
            return engine;
        }
    }
}
