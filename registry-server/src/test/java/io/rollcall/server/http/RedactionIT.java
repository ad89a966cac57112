package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.rollcall.api.audit.AuditFiles;
import io.rollcall.server.FreePort;
import io.rollcall.server.RegistryServer;
import io.rollcall.server.config.ServerSettings;
import io.rollcall.server.telemetry.Telemetry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A whole node is asked everything that can be asked, with secrets wherever callers and operators put them, while our own
 * loggers write all they can. None of the secrets is in a log line, in the answer to what was refused, in a header or in the audit
 * log.
 */
final class RedactionIT {

    private static final String BOOTSTRAP = "mArKeR0-bootstrap-9f8e7d6c5b4a39281706";
    private static final String MASTER_KEY =
            Base64.getEncoder().encodeToString("mArKeR1-master-key-of-32-bytes!!".getBytes(StandardCharsets.US_ASCII));
    private static final String VALUE = "mArKeR2-value-of-a-secret";
    private static final String CHECK_HEADER = "mArKeR3-header-of-a-check";
    private static final String METADATA = "mArKeR4-metadata";

    /** What is shown in place of a right token. */
    private static final List<String> WRONG = List.of(
            "Bearer nobody.mArKeR5-wrong-secret",
            "Bearer bootstrap.mArKeR6-wrong-secret",
            "Bearer mArKeR7-without-a-dot",
            "Basic mArKeR8-basic",
            "mArKeR9-without-a-scheme.x",
            "Bearer mArKeRa.mArKeRb.mArKeRc");

    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            var line = new StringBuilder(event.getLoggerName() + " " + event.getFormattedMessage());
            if (event.getKeyValuePairs() != null) {
                event.getKeyValuePairs().forEach(pair -> line.append(" " + pair.key + "=" + pair.value));
            }
            event.getMDCPropertyMap().forEach((key, value) -> line.append(" " + key + "=" + value));
            if (event.getThrowableProxy() != null) {
                line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
            lines.add(line.toString());
        }
    }

    @TempDir
    Path folder;

    private final Lines log = new Lines();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.rollcall");
    private final Level levelBefore = ours.getLevel();
    private final boolean additiveBefore = ours.isAdditive();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Whatever must be seen nowhere; the secrets that the node draws join here. */
    private final Set<String> secrets = new TreeSet<>(Set.of("mArKeR", MASTER_KEY));

    private final List<String> offences = new ArrayList<>();
    private ServerSettings settings;
    private final Telemetry telemetry = Telemetry.of("n1", "test");
    private RegistryServer server;
    private boolean stopped;

    @BeforeEach
    void start() throws IOException {
        log.start();
        root.addAppender(log);
        ours.addAppender(log);
        // All of it is kept, and none of it printed.
        ours.setAdditive(false);
        ours.setLevel(Level.TRACE);
        var token = Files.writeString(folder.resolve("token"), "bootstrap." + BOOTSTRAP);
        settings = ServerSettings.load(
                Map.of(
                        "data",
                        folder.resolve("data").toString(),
                        "http",
                        "127.0.0.1:0",
                        "raft",
                        "127.0.0.1:" + FreePort.next(),
                        "acl-default",
                        "deny",
                        "audit.reads",
                        "true",
                        "bootstrap-token-file",
                        token.toString()),
                Map.of("ROLLCALL_ENCRYPTION_MASTER_KEY", MASTER_KEY));
        server = new RegistryServer(settings, telemetry, IllegalStateException::new);
        server.start();
        await().atMost(30, SECONDS)
                .until(() -> send("GET", "/readyz", null, null).statusCode() == 200);
    }

    @AfterEach
    void stop() {
        stopOnce();
        root.detachAppender(log);
        ours.detachAppender(log);
        ours.setAdditive(additiveBefore);
        ours.setLevel(levelBefore);
    }

    private void stopOnce() {
        if (!stopped) {
            stopped = true;
            server.stop();
            telemetry.close();
        }
    }

    private HttpResponse<String> send(
            String method, String path, String body, String authorization, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://" + server.httpAddress() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        for (var i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String right() {
        return "Bearer bootstrap." + BOOTSTRAP;
    }

    /** Asks, and looks at what must show no secret in any case: headers, and whatever was refused. */
    private HttpResponse<String> ask(String method, String path, String body, String authorization) {
        var reply = send(method, path, body, authorization);
        look("a header of " + method + " " + path, reply.headers().map().toString());
        if (reply.statusCode() >= 400) {
            look(reply.statusCode() + " of " + method + " " + path, reply.body());
        }
        return reply;
    }

    private void look(String where, String text) {
        for (var secret : secrets) {
            if (text.contains(secret)) {
                offences.add(where + ": " + text);
            }
        }
    }

    private void askAll(String authorization) throws IOException {
        for (var entry : AccessMatrixIT.TABLE.entrySet()) {
            var method = entry.getKey().substring(0, entry.getKey().indexOf(' '));
            var row = entry.getValue();
            if (entry.getKey().equals("GET /api/v1/watch")) {
                var headers = authorization == null ? new String[0] : new String[] {"Authorization", authorization};
                try (var stream = new EventConnection(server.httpAddress().port(), row.path(), headers)) {
                    look("a header of a stream", stream.headers.toString());
                    if (stream.status >= 400) {
                        look("a refused stream", stream.json().toString());
                    }
                }
            } else {
                ask(method, row.path(), row.body() == null || row.body().isEmpty() ? null : row.body(), authorization);
            }
        }
    }

    /** Secrets where they belong, each kept as one that must be seen nowhere else. */
    private void putSecrets() {
        var made = send(
                "POST", "/api/v1/acl/tokens", "{\"identity\":\"team\",\"policies\":[\"global-management\"]}", right());
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var token = made.body().replaceAll("(?s).*\"token\":\"([^\"]*)\".*", "$1");
        var rotated =
                send("POST", "/api/v1/acl/tokens/" + token.substring(0, token.indexOf('.')) + "/rotate", null, right());
        assertThat(rotated.statusCode()).as(rotated.body()).isBetween(200, 201);
        var next = rotated.body().replaceAll("(?s).*\"token\":\"([^\"]*)\".*", "$1");
        for (var drawn : List.of(token, next)) {
            secrets.add(drawn.substring(drawn.indexOf('.') + 1));
        }
        ask("GET", "/api/v1/cluster", null, "Bearer " + next);
        ask("PUT", "/api/v1/config/db/password?secret=true", "\"" + VALUE + "\"", "Bearer " + next);
        ask(
                "PUT",
                "/api/v1/services/secretive/instances/a",
                "{\"host\":\"127.0.0.1\",\"port\":1,\"metadata\":{\"m\":\"" + METADATA
                        + "\"},\"healthCheck\":{\"type\":\"http\",\"interval\":\"1s\",\"headers\":{\"X-Key\":\""
                        + CHECK_HEADER
                        + "\"}}}",
                "Bearer " + next);
        assertThat(send("GET", "/api/v1/config/db/password?reveal=true", null, right())
                        .body())
                .contains(VALUE);
    }

    /** What is wrong in a way that an answer could quote. */
    private void askBadly() {
        ask("GET", "/api/v1/config/db/password", null, right());
        ask("GET", "/api/v1/config/db/password?reveal=true", null, WRONG.get(0));
        look("a list", ask("GET", "/api/v1/config?values=true", null, right()).body());
        look(
                "a history",
                ask("GET", "/api/v1/config/db/password?history=true", null, right())
                        .body());
        look("the tokens", ask("GET", "/api/v1/acl/tokens", null, right()).body());
        look("the cluster", ask("GET", "/api/v1/cluster", null, right()).body());
        ask("POST", "/api/v1/config/db/password?rollback=99", null, right());
        ask("PUT", "/api/v1/config/db/password?secret=maybe", "\"" + VALUE + "\"", right());
        ask("PUT", "/api/v1/config/db/pass%20word?secret=true", "\"" + VALUE + "\"", right());
        for (var body : List.of(
                "{\"host\":\"h\",\"port\":\"x\",\"metadata\":{\"m\":\"" + METADATA + "\"}}",
                "{\"host\":\"h\",\"port\":1,\"metadata\":{\"m\":[\"" + METADATA + "\"]}}",
                "{\"host\":\"h\",\"port\":1,\"healthCheck\":{\"headers\":{\"X-Key\":\"" + CHECK_HEADER + "\\u0001\"}}}",
                "{\"host\":\"h\",\"port\":1,\"metadata\":{\"m\":\"" + METADATA)) {
            ask("PUT", "/api/v1/services/secretive/instances/b", body, right());
        }
    }

    @Test
    void noSecretIsSeenWhereItIsNotWanted() throws IOException {
        look("the settings", settings.toString());
        look("the settings as they are logged", settings.effective().toString());
        askAll(null);
        for (var wrong : WRONG) {
            askAll(wrong);
        }
        askAll(right());
        putSecrets();
        askBadly();
        // The check of the instance fails, and is told of.
        await().atMost(10, SECONDS)
                .until(() -> send("GET", "/api/v1/services/secretive/instances/a", null, right())
                        .body()
                        .contains("\"critical\""));
        stopOnce();

        log.lines.forEach(line -> look("a log line", line));
        for (var file : AuditFiles.in(folder.resolve("data/audit"))) {
            Files.readString(file).lines().forEach(line -> look("the audit log", line));
        }

        assertThat(offences).isEmpty();
        // It was listened to.
        assertThat(log.lines).hasSizeGreaterThan(5).anyMatch(line -> line.contains("settings="));
    }
}
