package io.rollcall.client;

import static io.rollcall.client.fake.FakeNode.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import io.rollcall.client.fake.Certificates;
import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.Samples;
import io.rollcall.client.tls.TlsContext;
import io.rollcall.client.tls.TlsOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client and an HTTPS server that wants a certificate; each call opens a connection of its own. */
final class TlsTest {

    @TempDir
    static Path shared;

    private static Certificates certificates;

    @TempDir
    Path folder;

    private final Set<String> shown = ConcurrentHashMap.newKeySet();
    private FakeNode node;

    @BeforeAll
    static void make() throws Exception {
        certificates = Certificates.in(shared);
    }

    @BeforeEach
    void start() throws Exception {
        for (String side : List.of("server", "client")) {
            certificates.authorities(file(side, "ca"), "ca-1");
            certificates.chain(file(side, "chain"), "one");
            certificates.key(file(side, "key"), "one");
        }
        node = new FakeNode(demandingCertificates(TlsContext.open(options("server"))), exchange -> {
            shown.add(((HttpsExchange) exchange)
                    .getSSLSession()
                    .getPeerPrincipal()
                    .getName());
            answer(200, Samples.discovery("o-1"), "Connection", "close").play(exchange);
        });
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static HttpsConfigurator demandingCertificates(TlsContext tls) {
        return new HttpsConfigurator(tls.context()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLContext context = getSSLContext();
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setNeedClientAuth(true);
                parameters.setSSLParameters(ssl);
            }
        };
    }

    private Path file(String side, String what) {
        return folder.resolve(side + "-" + what + ".pem");
    }

    private TlsOptions options(String side) {
        return TlsOptions.system()
                .withAuthorities(file(side, "ca"))
                .withCertificate(file(side, "chain"), file(side, "key"))
                .withCheckInterval(Duration.ZERO);
    }

    @Test
    void callsGoOnWhileAuthoritiesAndCertificatesAreReplaced() throws Exception {
        AtomicInteger done = new AtomicInteger();
        List<Outcome<?>> others = new CopyOnWriteArrayList<>();
        AtomicBoolean over = new AtomicBoolean();

        try (RegistryClient client = client(options("client"), node.url())) {
            Thread caller = new Thread(() -> {
                while (!over.get()) {
                    Outcome<?> outcome = client.register(Samples.registration("o-1"));
                    if (outcome instanceof Outcome.Done) {
                        done.incrementAndGet();
                    } else {
                        others.add(outcome);
                    }
                }
            });
            node.then(exchange -> {
                shown.add(((HttpsExchange) exchange)
                        .getSSLSession()
                        .getPeerPrincipal()
                        .getName());
                answer(200, Samples.json("o-1"), "Connection", "close").play(exchange);
            });
            client.discover(client.service("orders")).orThrow();
            caller.start();

            awaitMore(done);
            certificates.authorities(file("client", "ca"), "ca-1", "ca-2");
            certificates.authorities(file("server", "ca"), "ca-1", "ca-2");
            awaitMore(done);
            for (String side : List.of("server", "client")) {
                certificates.chain(file(side, "chain"), "two");
                awaitMore(done);
                certificates.key(file(side, "key"), "two");
                awaitMore(done);
            }
            await().untilAsserted(() -> assertThat(shown).containsExactlyInAnyOrder("CN=one", "CN=two"));
            certificates.authorities(file("server", "ca"), "ca-2");
            certificates.authorities(file("client", "ca"), "ca-2");
            awaitMore(done);
            over.set(true);
            caller.join();
        }

        assertThat(others).isEmpty();
        // The server shows the new certificate, and wants one of the new authority.
        certificates.chain(file("client", "chain"), "one");
        certificates.key(file("client", "key"), "one");
        try (RegistryClient old = client(options("client"), node.url())) {
            assertThat(old.discover(old.service("orders"))).isInstanceOf(Outcome.Unanswered.class);
        }
    }

    private static void awaitMore(AtomicInteger done) {
        int before = done.get();
        await().pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(done.get()).isGreaterThan(before + 1));
    }

    @Test
    void serverOfAnUnknownAuthorityIsSentNothing() throws Exception {
        certificates.authorities(file("client", "ca"), "ca-2");

        try (RegistryClient client = client(options("client"), node.url())) {
            assertThat(client.register(Samples.registration("o-1")))
                    .isInstanceOfSatisfying(
                            Outcome.Unanswered.class,
                            unanswered -> assertThat(unanswered.detail())
                                    .contains("TLS handshake failed", "unable to find valid certification path"));
        }
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void serverOfAnotherNameIsSentNothing() {
        String otherName = node.url().replace("127.0.0.1", "localhost");

        try (RegistryClient client = client(options("client"), otherName)) {
            assertThat(client.register(Samples.registration("o-1")))
                    .isInstanceOfSatisfying(
                            Outcome.Unanswered.class,
                            unanswered -> assertThat(unanswered.detail())
                                    .contains("TLS handshake failed", "No name matching localhost found"));
        }
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void authoritiesOfTheJdkDoNotKnowTheServer() {
        try (RegistryClient client = client(TlsOptions.system(), node.url())) {
            assertThat(client.discover(client.service("orders"))).isInstanceOf(Outcome.Unanswered.class);
        }
    }

    @Test
    void filesThatCannotBeUsedLeaveWhatWasReadBefore() throws Exception {
        try (RegistryClient client = client(options("client"), node.url())) {
            client.discover(client.service("orders")).orThrow();

            Certificates.replace(
                    file("client", "ca"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
            client.discover(client.service("orders")).orThrow();
            Files.delete(file("client", "ca"));
            client.discover(client.service("orders")).orThrow();
            certificates.authorities(file("client", "ca"), "ca-2");

            assertThat(client.discover(client.service("orders"))).isInstanceOf(Outcome.Unanswered.class);
        }
    }

    @Test
    void filesThatCannotBeUsedAtTheStartAreNamed() throws Exception {
        certificates.key(file("client", "key"), "two");
        assertThatThrownBy(() -> client(options("client"), node.url()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file("client", "key").toString());

        Certificates.replace(
                file("client", "key"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        assertThatThrownBy(() -> client(options("client"), node.url()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("openssl pkcs8");

        TlsOptions missing = TlsOptions.system().withAuthorities(folder.resolve("missing.pem"));
        assertThatThrownBy(() -> client(missing, node.url()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing.pem");
        assertThatThrownBy(() -> new TlsOptions(null, file("client", "chain"), null, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** It makes one attempt a call: the pause before the next would be longer than the deadline. */
    private static RegistryClient client(TlsOptions tls, String url) {
        return RegistryClient.builder()
                .server(url)
                .tls(tls)
                .attemptTimeout(Duration.ofSeconds(10))
                .connectTimeout(Duration.ofSeconds(10))
                .deadline(Duration.ofSeconds(10))
                .backoff(Duration.ofMinutes(1), Duration.ofMinutes(1))
                .build();
    }
}
