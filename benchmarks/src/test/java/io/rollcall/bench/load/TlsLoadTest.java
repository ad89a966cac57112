package io.rollcall.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.rollcall.cli.tls.CertificateAuthority;
import io.rollcall.cli.tls.CertificateSubject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** A load on a server that speaks TLS. */
final class TlsLoadTest {

    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void answersLargeAndSmallAreReadWhole() throws Exception {
        var authority = CertificateAuthority.create(DAY);
        var own = authority.issue(CertificateSubject.node("n1", List.of()), DAY);
        // Over several records of TLS.
        var body = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var threads = Executors.newCachedThreadPool();
        server.setHttpsConfigurator(new HttpsConfigurator(context(own.certificate(), own.key(), null)));
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            var shown = exchange.getRequestHeaders().getFirst("Authorization");
            exchange.sendResponseHeaders("Bearer id.secret".equals(shown) ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            var target = new SecuredAddress(
                    server.getAddress(), context(null, null, authority.own().certificate()), "id.secret");
            var plan = LoadPlan.closed(List.of(target), 4, Duration.ofSeconds(1));

            var result = HttpLoad.run(plan, Requests.inTurn(List.of(Requests.get("/any"))));

            assertThat(result.failures()).isEmpty();
            assertThat(result.meanBodyBytes()).isEqualTo(body.length);
            assertThat(result.ratePerSecond()).isPositive();
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private static SSLContext context(X509Certificate certificate, PrivateKey key, X509Certificate trusted)
            throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        if (certificate != null) {
            store.setKeyEntry("own", key, new char[0], new X509Certificate[] {certificate});
        }
        if (trusted != null) {
            store.setCertificateEntry("trusted", trusted);
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted == null ? null : trust.getTrustManagers(), null);
        return context;
    }
}
