package io.rollcall.server.probe;

import static io.rollcall.server.probe.ProbeBed.check;
import static io.rollcall.server.probe.ProbeBed.http;
import static io.rollcall.server.probe.ProbeBed.target;
import static io.rollcall.server.probe.ProbeBed.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.StatusRange;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpProbeIT {

    private static final Duration SHORT = Duration.ofMillis(500);

    private static ProbeBed bed;

    @BeforeAll
    static void start() {
        bed = new ProbeBed();
    }

    @AfterAll
    static void stop() throws Exception {
        bed.close();
    }

    @ParameterizedTest
    @CsvSource({
        "200, GOOD",
        "204, GOOD",
        "299, GOOD",
        "302, BAD",
        "404, BAD",
        "429, WARNING",
        "500, BAD",
        "503, BAD",
    })
    void statusIsTheVerdict(int status, Outcome outcome) throws Exception {
        try (var server = answering("HTTP/1.1 " + status + " Some\r\nContent-Length: 0\r\n\r\n")) {
            var result = bed.probe(target("127.0.0.1", server.port(), check(CheckType.HTTP, "/")));

            assertThat(result.outcome()).isEqualTo(outcome);
            assertThat(result.reason()).matches("HTTP " + status + " in [0-9]+ ms");
        }
    }

    @ParameterizedTest
    @CsvSource({"204, 204, GOOD", "200, 204, BAD", "404, 400-499, GOOD", "429, 429, GOOD", "429, 200, WARNING"})
    void expectedStatusReplacesTheUsual(int status, String expected, Outcome outcome) throws Exception {
        try (var server = answering("HTTP/1.1 " + status + " Some\r\nContent-Length: 0\r\n\r\n")) {
            var check = http("GET", Map.of(), StatusRange.parse("", expected));

            assertThat(bed.probe(target("127.0.0.1", server.port(), check)).outcome())
                    .isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "OPTIONS"})
    void requestIsWhatTheCheckSays(String method) throws Exception {
        var heads = new CopyOnWriteArrayList<String>();
        try (var server = new RawServer((socket, number) -> {
            heads.add(RawServer.readHead(socket));
            RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        })) {
            bed.resolver.answer("my_web.local", "127.0.0.1");
            var headers =
                    Map.of("X-Probe", "1", "Authorization", "Bearer x", "Host", "evil", "Transfer-Encoding", "chunked");

            var result = bed.probe(target("my_web.local", server.port(), http(method, headers, null)));

            assertThat(result.outcome()).as(result.reason()).isEqualTo(Outcome.GOOD);
            assertThat(heads).hasSize(1);
            assertThat(heads.get(0))
                    .startsWith(method + " /health?deep=1 HTTP/1.1\r\n")
                    .contains("\r\nHost: my_web.local:" + server.port() + "\r\n")
                    .contains("\r\nUser-Agent: rollcall-check\r\n")
                    .contains("\r\nX-Probe: 1\r\n")
                    .contains("\r\nAuthorization: Bearer x\r\n")
                    .doesNotContain("evil", "chunked", "Accept-Encoding", "Cookie");
        }
    }

    @Test
    void redirectIsNotFollowed() throws Exception {
        try (var forbidden = answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            var location = "http://127.0.0.1:" + forbidden.port() + "/latest/meta-data/";
            try (var server = answering("HTTP/1.1 302 Found\r\nLocation: " + location
                    + "\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n")) {
                var result = bed.probe(target("127.0.0.1", server.port(), check(CheckType.HTTP, "/")));

                assertThat(result.outcome()).isEqualTo(Outcome.BAD);
                assertThat(result.reason()).startsWith("HTTP 302");
                assertThat(forbidden.connections()).isZero();
            }
        }
    }

    @Test
    void authenticationIsNotNegotiated() throws Exception {
        try (var server =
                answering("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(bed.probe(target("127.0.0.1", server.port(), check(CheckType.HTTP, "/")))
                            .reason())
                    .startsWith("HTTP 401");
        }
    }

    @Test
    void connectionIsUsedAgain() throws Exception {
        try (var server = new RawServer((socket, number) -> {
            while (true) {
                RawServer.readHead(socket);
                RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
        })) {
            for (var i = 0; i < 3; i++) {
                assertThat(bed.probe(target("127.0.0.1", server.port(), check(CheckType.HTTP, "/")))
                                .outcome())
                        .isEqualTo(Outcome.GOOD);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void connectionThatTheTargetClosedMeanwhileIsNoFailure() throws Exception {
        // Each connection ends at its second request, as those do that were idle for too long.
        try (var server = new RawServer((socket, number) -> {
            RawServer.readHead(socket);
            RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            RawServer.readHead(socket);
        })) {
            for (var i = 0; i < 4; i++) {
                var result = bed.probe(target("127.0.0.1", server.port(), check(CheckType.HTTP, "/")));
                assertThat(result.outcome()).as(result.reason()).isEqualTo(Outcome.GOOD);
            }
            assertThat(server.connections()).isEqualTo(4);
        }
    }

    @Test
    void nameThatTurnsToAnotherAddressIsNotAskedOverTheOldConnection() throws Exception {
        try (var server = new RawServer((socket, number) -> {
            while (true) {
                RawServer.readHead(socket);
                RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        })) {
            bed.resolver.answer("rebinding", "127.0.0.1").answer("rebinding", "169.254.169.254");
            var registration = target("rebinding", server.port(), check(CheckType.HTTP, "/"));

            assertThat(bed.probe(registration).outcome()).isEqualTo(Outcome.GOOD);
            assertThat(bed.probe(registration))
                    .isEqualTo(ProbeResult.bad("address 169.254.169.254 is forbidden (link-local)"));
        }
    }

    @Test
    void nextAddressIsTriedIfTheFirstRefuses() throws Exception {
        try (var server = new RawServer("127.0.0.2", (socket, number) -> {
            RawServer.readHead(socket);
            RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        })) {
            bed.resolver.answer("two", "127.0.0.2", "127.0.0.1");

            var result = bed.probe(target("two", server.port(), check(CheckType.HTTP, "/")));

            assertThat(result.outcome()).as(result.reason()).isEqualTo(Outcome.GOOD);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 1000000000\r\n", "Transfer-Encoding: chunked\r\n", "Connection: close\r\n"})
    void endlessBodyIsReadTo4KiBAndTheConnectionClosed(String framing) throws Exception {
        var written = new AtomicLong();
        var cut = new CountDownLatch(1);
        try (var server = new RawServer((socket, number) -> {
            RawServer.readHead(socket);
            RawServer.write(socket, "HTTP/1.1 200 OK\r\n" + framing + "\r\n");
            var piece = framing.contains("chunked") ? "400\r\n" + "x".repeat(1024) + "\r\n" : "x".repeat(1024);
            try {
                while (true) {
                    RawServer.write(socket, piece);
                    written.addAndGet(1024);
                }
            } catch (IOException e) {
                cut.countDown();
            }
        })) {
            var result = bed.probe(target("127.0.0.1", server.port(), check(CheckType.HTTP, "/")));

            assertThat(result.outcome()).as(result.reason()).isEqualTo(Outcome.GOOD);
            assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
            // What the kernels hold between the two, not what was read.
            assertThat(written.get()).isLessThan(16 << 20);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"})
    void slowAnswerIsNone(String beginning) throws Exception {
        var never = new CountDownLatch(1);
        try (var server = new RawServer((socket, number) -> {
            RawServer.readHead(socket);
            RawServer.write(socket, beginning);
            never.await();
        })) {
            var start = System.nanoTime();

            var result = bed.probe(target("127.0.0.1", server.port(), within(check(CheckType.HTTP, "/"), SHORT)));

            assertThat(result).isEqualTo(ProbeResult.bad("no answer in 500ms"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, SHORT.plusSeconds(5));
            never.countDown();
        }
    }

    @Test
    void headersWithoutEndAreCutOff() throws Exception {
        try (var server = new RawServer((socket, number) -> {
            RawServer.readHead(socket);
            RawServer.write(socket, "HTTP/1.1 200 OK\r\n");
            while (true) {
                RawServer.write(socket, "X-Padding: " + "x".repeat(1000) + "\r\n");
            }
        })) {
            assertThat(bed.probe(target("127.0.0.1", server.port(), check(CheckType.HTTP, "/")))
                            .outcome())
                    .isEqualTo(Outcome.BAD);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n", "SSH-2.0-OpenSSH\r\n"})
    void answerThatIsNoHttpIsBad(String answer) throws Exception {
        try (var server = answering(answer)) {
            var result = bed.probe(target("127.0.0.1", server.port(), check(CheckType.HTTP, "/")));

            assertThat(result.outcome()).isEqualTo(Outcome.BAD);
            assertThat(result.reason()).isNotBlank().hasSizeLessThanOrEqualTo(200);
        }
    }

    @Test
    void closedPortIsRefused() throws Exception {
        assertThat(bed.probe(target("127.0.0.1", closedPort(), check(CheckType.HTTP, "/"))))
                .isEqualTo(ProbeResult.bad("connection refused"));
    }

    @Test
    void forbiddenAndUnknownHostsAreNotConnectedTo() {
        for (var host : List.of("169.254.169.254", "0.0.0.0", "::ffff:127.0.0.1")) {
            assertThat(bed.probe(target(host, 80, check(CheckType.HTTP, "/"))).reason())
                    .contains("is forbidden");
        }
        assertThat(bed.probe(target("nowhere", 80, check(CheckType.HTTP, "/"))))
                .isEqualTo(ProbeResult.bad("the host name has no address"));
    }

    @Test
    void endpointThatIsNoPathIsBadAndNoException() {
        assertThat(bed.probe(target("127.0.0.1", 1, check(CheckType.HTTP, "/a b%zz")))
                        .outcome())
                .isEqualTo(Outcome.BAD);
    }

    static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static RawServer answering(String answer) throws IOException {
        return new RawServer((socket, number) -> {
            RawServer.readHead(socket);
            RawServer.write(socket, answer);
        });
    }
}
