package io.rollcall.server.probe;

import static io.rollcall.server.probe.ProbeBed.check;
import static io.rollcall.server.probe.ProbeBed.target;
import static io.rollcall.server.probe.ProbeBed.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.rollcall.api.model.CheckType;
import io.rollcall.server.config.ServerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HttpsProbeIT {

    @TempDir
    static Path folder;

    private static Certificates certificates;
    private static HttpsServer server;
    private static final List<Object> SNI = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.in(folder);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.server()));
        server.createContext("/", exchange -> {
            SNI.addAll(((ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession()).getRequestedServerNames());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void ownAuthorityOfTheSettingsIsTrusted() throws Exception {
        var settings = ServerSettings.load(
                Map.of(),
                Map.of("ROLLCALL_CHECKS_CA_FILE", certificates.authorityFile().toString()));

        assertThat(settings.checks().authorities()).containsExactly(certificates.authority());
        assertThat(probe("127.0.0.1", certificates.authority()).outcome()).isEqualTo(Outcome.GOOD);
    }

    @Test
    void nameIsSaidInTheHandshake() throws Exception {
        SNI.clear();

        var result = probe("web.test", certificates.authority());

        assertThat(result.outcome()).as(result.reason()).isEqualTo(Outcome.GOOD);
        assertThat(SNI).containsExactly(new SNIHostName("web.test"));
    }

    @Test
    void unknownAuthorityIsRefused() throws Exception {
        var result = probe("127.0.0.1");

        assertThat(result.outcome()).isEqualTo(Outcome.BAD);
        assertThat(result.reason()).startsWith("TLS: ").contains("certification path");
    }

    @Test
    void certificateOfAnotherNameIsRefused() throws Exception {
        var result = probe("other.test", certificates.authority());

        assertThat(result.outcome()).isEqualTo(Outcome.BAD);
        assertThat(result.reason()).startsWith("TLS: ").contains("other.test");
    }

    @Test
    void serverWithoutTlsIsBad() throws Exception {
        try (var plain = new RawServer((socket, number) -> RawServer.write(socket, "HTTP/1.1 400 Bad\r\n\r\n"));
                var bed = new ProbeBed()) {
            var result = bed.probe(target("127.0.0.1", plain.port(), check(CheckType.HTTPS, "/")));

            assertThat(result.outcome()).isEqualTo(Outcome.BAD);
            assertThat(result.reason()).startsWith("TLS: ");
        }
    }

    @Test
    void handshakeThatNeverEndsIsNoAnswer() throws Exception {
        var never = new CountDownLatch(1);
        try (var silent = new RawServer((socket, number) -> never.await());
                var bed = new ProbeBed()) {
            var check = within(check(CheckType.HTTPS, "/"), Duration.ofMillis(500));

            assertThat(bed.probe(target("127.0.0.1", silent.port(), check)))
                    .isEqualTo(ProbeResult.bad("no answer in 500ms"));
            never.countDown();
        }
    }

    private static ProbeResult probe(String host, X509Certificate... authorities) throws Exception {
        try (var bed = new ProbeBed(authorities)) {
            bed.resolver.answer("web.test", "127.0.0.1").answer("other.test", "127.0.0.1");
            return bed.probe(target(host, server.getAddress().getPort(), check(CheckType.HTTPS, "/")));
        }
    }
}
