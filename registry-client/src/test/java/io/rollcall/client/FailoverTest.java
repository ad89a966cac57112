package io.rollcall.client;

import static io.rollcall.client.fake.FakeNode.answer;
import static io.rollcall.client.fake.FakeNode.hangUp;
import static io.rollcall.client.fake.FakeNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.model.Instance;
import io.rollcall.client.answer.Discovery;
import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FailoverTest {

    private static final FakeNode.Line CREATED =
            answer(201, Samples.json("o-1"), "Registry-Index", "7", "Registry-Applied", "9", "Registry-Node", "n2");
    private static final FakeNode.Line FOUND = answer(200, Samples.discovery("o-1"), "Registry-Index", "7");
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(2);

    private final ManualTicker ticker = new ManualTicker();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        // Clients first: their end must not depend on that of a node that hangs.
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void staysWithTheServerThatAnswers() {
        FakeNode first = node(FOUND);
        FakeNode second = node(FOUND);
        RegistryClient client = client(first.url(), second.url());

        discover(client);
        discover(client);

        assertThat(first.requests()).hasSize(2);
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void goesOnWhenNobodyListensAndStaysThere() throws Exception {
        FakeNode second = node(FOUND);
        RegistryClient client = client(freeUrl(), second.url());

        Outcome<Discovery> outcome = discover(client);
        discover(client);

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(second.requests()).hasSize(2);
        assertThat(ticker.pauses()).hasSize(1);
    }

    @Test
    void sendsTheSameRequestIdOnEachAttemptOfAWriteAndAnotherForTheNextWrite() {
        FakeNode first = node(problem(503, "no-leader"));
        FakeNode second = node(hangUp(), CREATED);
        RegistryClient client = client(first.url(), second.url());

        client.register(Samples.registration("o-1")).orThrow();
        client.register(Samples.registration("o-1")).orThrow();

        List<String> ids = Stream.concat(first.requests().stream(), second.requests().stream())
                .map(request -> request.headers().get("idempotency-key"))
                .toList();
        assertThat(first.requests()).hasSize(2);
        assertThat(second.requests()).hasSize(3);
        assertThat(ids).doesNotContainNull();
        assertThat(ids.stream().distinct()).hasSize(2);
        assertThat(second.requests().get(2).headers().get("idempotency-key")).isNotEqualTo(ids.get(0));
    }

    @Test
    void resolvesALostAnswerByRepeatingIt() {
        FakeNode first = node(hangUp());
        FakeNode second = node(CREATED);

        Outcome<Instance> outcome = register(client(first.url(), second.url()));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Done.class, done -> {
            assertThat(done.index()).isEqualTo(7);
            assertThat(done.headers().node()).isEqualTo("n2");
            assertThat(done.headers().applied()).isEqualTo(9);
        });
    }

    @Test
    void aWriteWhoseAnswerIsLostIsUnknown() {
        FakeNode first = node(hangUp());

        Outcome<Instance> outcome = register(client(first.url()));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Unknown.class, unknown -> {
            assertThat(unknown.requestId())
                    .isEqualTo(first.requests().get(0).headers().get("idempotency-key"));
            assertThat(unknown.detail()).contains(first.url(), "connection broke");
        });
    }

    @Test
    void aWriteThatTheServerCannotTellIsUnknown() {
        FakeNode first = node(problem(504, "outcome-unknown"));

        assertThat(register(client(first.url()))).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void aWriteThatTimesOutAndThenMeetsNoLeaderIsUnknown() throws Exception {
        FakeNode first = new FakeNode();
        first.then(first.silence()).then(problem(503, "no-leader"));
        open.add(first);

        assertThat(register(client(first.url()))).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void aWriteIsUnknownIfTheRepetitionIsRefusedForItsCaller() {
        FakeNode first = node(hangUp(), problem(401, "unauthenticated"));

        assertThat(register(client(first.url()))).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void aWriteIsUnknownIfTheRepetitionMeetsAQuota() {
        FakeNode first = node(hangUp(), problem(403, "quota-exceeded"));

        assertThat(register(client(first.url())))
                .as("what is checked before the log says nothing of what may be in it")
                .isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void aWriteIsRefusedIfTheStateRefusesTheRepetition() {
        FakeNode first = node(hangUp(), problem(409, "instance-address-conflict"));

        assertThat(register(client(first.url())))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().is(ErrorCode.INSTANCE_ADDRESS_CONFLICT))
                                .isTrue());
    }

    @Test
    void aWriteThatNobodyTookIsNotDone() throws Exception {
        String url = freeUrl();

        assertThat(register(client(url, freeUrl())))
                .isInstanceOfSatisfying(
                        Outcome.Unanswered.class,
                        unanswered -> assertThat(unanswered.detail()).contains(url, "attempts"));
    }

    @Test
    void aWriteThatOnlyMetNoLeaderIsNotDone() {
        FakeNode first = node(problem(503, "no-leader"));

        assertThat(register(client(first.url())))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().is(ErrorCode.NO_LEADER))
                                .isTrue());
    }

    @Test
    void aReadIsNeverUnknown() {
        FakeNode first = node(hangUp());

        assertThat(discover(client(first.url()))).isInstanceOf(Outcome.Unanswered.class);
    }

    @Test
    void neverRepeatsARequestThatWasAtFault() {
        FakeNode first = node(problem(400, "invalid-request"));
        FakeNode second = node(CREATED);

        Outcome<Instance> outcome = register(client(first.url(), second.url()));

        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(first.requests()).hasSize(1);
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void goesOnWhenAServerDoesNotAnswerInTime() {
        FakeNode first = new FakeNode();
        first.then(first.silence());
        open.add(first);
        FakeNode second = node(FOUND);

        assertThat(discover(client(first.url(), second.url()))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void goesOnWhenABodyStalls() {
        FakeNode first = new FakeNode();
        FakeNode.Line silence = first.silence();
        first.then(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            silence.play(exchange);
        });
        open.add(first);
        FakeNode second = node(FOUND);

        assertThat(discover(client(first.url(), second.url()))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void waitsAsLongAsAnOverloadedClusterAsks() {
        FakeNode first = node(problem(503, "overloaded", "Retry-After", "2"));
        FakeNode second = node(FOUND);

        Outcome<Discovery> outcome = discover(client(first.url(), second.url()));

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(ticker.pauses().get(0)).isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(2));
    }

    @Test
    void asksAnotherNodeBeforeTheOneThatAskedToWait() {
        FakeNode first = node(problem(503, "not-ready", "Retry-After", "3"), FOUND);
        FakeNode second = node(problem(503, "not-ready", "Retry-After", "5"));

        Outcome<Discovery> outcome = discover(client(first.url(), second.url()));

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(first.requests()).hasSize(2);
        assertThat(second.requests()).hasSize(1);
        assertThat(ticker.pauses().get(0)).isLessThan(Duration.ofMillis(100));
        assertThat(ticker.pauses().get(1)).isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(3));
    }

    @Test
    void givesUpAtOnceWhenAskedToWaitPastTheDeadline() {
        FakeNode first = node(problem(503, "overloaded", "Retry-After", "11"));

        Outcome<Discovery> outcome = discover(client(first.url()));

        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(first.requests()).hasSize(1);
        assertThat(ticker.pauses()).isEmpty();
    }

    @Test
    void backsOffLongerAndLongerUpToTheDeadline() throws Exception {
        discover(client(freeUrl()));

        List<Duration> pauses = ticker.pauses();
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(12), Duration.ofMillis(25));
        assertThat(pauses.get(1)).isBetween(Duration.ofMillis(25), Duration.ofMillis(50));
        assertThat(pauses.get(pauses.size() - 1)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
    }

    @Test
    void endsAtOnceWhenInterrupted() {
        FakeNode first = new FakeNode();
        first.then(first.silence());
        open.add(first);
        RegistryClient client = client(first.url());

        Thread.currentThread().interrupt();
        Outcome<Instance> outcome = register(client);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void aWriteWhoseAnswerCannotBeReadIsUnknown() {
        FakeNode first = node(answer(200, "<html>welcome</html>"));

        assertThat(register(client(first.url())))
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.detail()).contains("is it a Rollcall server"));
        assertThat(first.requests()).hasSize(1);
    }

    @Test
    void anAnswerOverTheLimitIsNotRead() {
        FakeNode first = node(answer(200, " ".repeat(2_000_000)));

        assertThat(discover(client(first.url())))
                .isInstanceOfSatisfying(
                        Outcome.Unanswered.class,
                        unanswered -> assertThat(unanswered.detail()).contains("maxAnswerBytes"));
    }

    @Test
    void anErrorThatIsNoProblemDocumentIsQuoted() {
        FakeNode first = node(answer(404, "404 page not found\n"));

        assertThat(discover(client(first.url())))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().toString()).contains("http-404", "404 page not found"));
    }

    private FakeNode node(FakeNode.Line... script) {
        FakeNode node = new FakeNode(script);
        open.add(node);
        return node;
    }

    private RegistryClient client(String... urls) {
        RegistryClient client = OrderedClient.of(ticker, ATTEMPT_TIMEOUT, CallTelemetry.none(), urls);
        open.add(client);
        return client;
    }

    private static Outcome<Discovery> discover(RegistryClient client) {
        return client.discover(client.service("orders"));
    }

    private static Outcome<Instance> register(RegistryClient client) {
        return client.register(Samples.registration("o-1"));
    }

    private static String freeUrl() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }
}
