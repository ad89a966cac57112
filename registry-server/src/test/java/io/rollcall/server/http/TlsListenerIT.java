package io.rollcall.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rollcall.server.FreePort;
import io.rollcall.server.RegistryServer;
import io.rollcall.server.config.CertificateFiles;
import io.rollcall.server.config.ServerSettings;
import io.rollcall.server.security.tls.TestAuthority;
import io.rollcall.server.security.tls.TlsClients;
import io.rollcall.server.telemetry.Telemetry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node that serves clients with certificates, and those alone. */
final class TlsListenerIT {

    private static final byte[] GET = get("localhost");
    private static final String HTTP = "http/1.1";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static TestAuthority authority;
    private static TestAuthority other;
    private static TestAuthority.Pair first;
    private static CertificateFiles files;
    private static RegistryServer server;
    private static int port;

    private static byte[] get(String host) {
        return ("GET /livez HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(US_ASCII);
    }

    @BeforeAll
    static void start() throws Exception {
        authority = new TestAuthority("one");
        other = new TestAuthority("other");
        first = authority.named("localhost");
        files = TestAuthority.write(folder, "http", first, authority);
        var options = new HashMap<>(Map.of("data", folder.resolve("data").toString(), "http", "127.0.0.1:0"));
        options.put("raft", "127.0.0.1:" + FreePort.next());
        options.put("tls-certificate", files.certificate().toString());
        options.put("tls-key", files.key().toString());
        options.put("tls-client-ca", String.valueOf(files.authorities()));
        options.put("tls-client-auth", "need");
        server = new RegistryServer(
                ServerSettings.load(options, Map.of("ROLLCALL_TLS_CONNECTION_MAX_AGE", "5s")),
                Telemetry.of("n1", "test"),
                IllegalStateException::new);
        server.start();
        port = server.httpAddress().port();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static String ask(TestAuthority.Pair shown, byte[] question) throws Exception {
        return new String(TlsClients.ask(port, TlsClients.showing(shown), HTTP, question), US_ASCII);
    }

    @Test
    void clientWithAGoodCertificateIsServed() throws Exception {
        assertThat(ask(authority.named("anybody"), GET)).startsWith("HTTP/1.1 200");
    }

    @Test
    void clientsWithoutAGoodCertificateAreNot() throws Exception {
        assertThat(ask(null, GET)).isEmpty();
        assertThat(ask(other.named("anybody"), GET)).isEmpty();
        assertThat(ask(authority.member("n1", Duration.ofDays(-2), Duration.ofDays(-1)), GET))
                .isEmpty();
        assertThat(ask(authority.member("n1", Duration.ofDays(1), Duration.ofDays(2)), GET))
                .isEmpty();
    }

    @Test
    void plaintextIsHungUpOnAndOldVersionsAreRefused() throws Exception {
        var answer = TlsClients.askInTheClear(port, GET);

        assertThat(new String(answer, US_ASCII)).doesNotContain("HTTP");
        assertThat(answer.length == 0 || TlsClients.isAlert(answer)).isTrue();
        assertThat(TlsClients.speaksTls11(port)).isFalse();
    }

    @Test
    void hostThatTheCertificateIsNotForIsRefused() throws Exception {
        assertThat(ask(authority.named("anybody"), get("evil.example"))).startsWith("HTTP/1.1 400");
    }

    @Test
    void certificateIsToldOfWithItsEnd() throws Exception {
        try (var client = new Client()) {
            var certificates = new ObjectMapper()
                    .readTree(client.get("/api/v1/cluster").body())
                    .get("certificates");

            assertThat(certificates).hasSize(1);
            assertThat(certificates.get(0).get("listener").asText()).isEqualTo("http");
            assertThat(certificates.get(0).get("notAfter").asText())
                    .startsWith("20")
                    .endsWith("Z");
        }
    }

    @Test
    void membersAreToldWithHowTheySpeak() throws Exception {
        try (var client = new Client()) {
            await().atMost(DEADLINE).untilAsserted(() -> {
                var member = new ObjectMapper()
                        .readTree(client.get("/api/v1/cluster").body())
                        .path("members")
                        .path(0);
                assertThat(member.path("http").asText()).isEqualTo("127.0.0.1:" + port);
                assertThat(member.path("scheme").asText()).isEqualTo("https");
            });
        }
    }

    @Test
    void replacedFilesCountForNewConnectionsAndHalfAPairDoesNot() throws Exception {
        var client = TlsClients.showing(authority.named("anybody"));
        var next = authority.named("localhost");

        try {
            TestAuthority.replace(
                    files.key(), TestAuthority.pem("PRIVATE KEY", next.key().getEncoded()));
            // Longer than from one look to the next.
            await().during(Duration.ofSeconds(2))
                    .atMost(DEADLINE)
                    .untilAsserted(
                            () -> assertThat(TlsClients.shownBy(port, client)).isEqualTo(first.certificate()));
            TestAuthority.write(folder, "http", next, authority, other);

            await().atMost(DEADLINE)
                    .untilAsserted(
                            () -> assertThat(TlsClients.shownBy(port, client)).isEqualTo(next.certificate()));
            assertThat(ask(other.named("anybody"), GET)).startsWith("HTTP/1.1 200");
        } finally {
            TestAuthority.write(folder, "http", first, authority);
            await().atMost(DEADLINE)
                    .untilAsserted(
                            () -> assertThat(TlsClients.shownBy(port, client)).isEqualTo(first.certificate()));
        }
    }

    @Test
    void connectionSaysWhenItIsTooOldAndRequestsGoOn() throws Exception {
        try (var client = new Client()) {
            await().atMost(DEADLINE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
                var answer = client.get("/livez");
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("connection")).contains("close");
            });
            assertThat(client.get("/livez").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void streamEndsWithItsConnection() throws Exception {
        try (var client = new Client()) {
            await().atMost(DEADLINE)
                    .untilAsserted(
                            () -> assertThat(client.get("/readyz").statusCode()).isEqualTo(200));

            // Would fail if the stream were cut off, and go on for ever if it did not end.
            assertThat(client.get("/api/v1/watch?service=orders").body()).contains("event: snapshot");
        }
    }

    /** A client as most are, with a certificate; its connections are kept. */
    private static final class Client implements AutoCloseable {

        private final HttpClient http;

        Client() throws Exception {
            http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(TlsClients.showing(authority.named("anybody")))
                    .build();
        }

        HttpResponse<String> get(String path) throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                    .timeout(DEADLINE)
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }

        @Override
        public void close() {
            // HttpClient has no end of its own before JDK 21.
        }
    }
}
