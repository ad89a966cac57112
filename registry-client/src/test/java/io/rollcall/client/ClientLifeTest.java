package io.rollcall.client;

import static io.rollcall.client.fake.FakeNode.answer;
import static io.rollcall.client.fake.FakeNode.problem;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.FakeWatchNode;
import io.rollcall.client.fake.Samples;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client holds while it lives, and that nothing is left of it. */
final class ClientLifeTest {

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();
    private final FakeNode node = new FakeNode();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void callsShareOneConnectionHoweverTheyEnd() {
        node.then(answer(200, Samples.discovery("o-1")))
                .then(problem(404, "instance-not-found"))
                .then(problem(503, "no-leader"))
                .then(answer(201, Samples.json("o-1")))
                .then(answer(200, Samples.discovery("o-1")));

        try (RegistryClient client = client()) {
            client.discover(client.service("orders")).orThrow();
            assertThat(client.deregister(Samples.KEY, WriteOptions.none())).isInstanceOf(Outcome.Refused.class);
            client.register(Samples.registration("o-1")).orThrow();
            for (int i = 0; i < 20; i++) {
                client.discover(client.service("orders")).orThrow();
            }
        }

        assertThat(node.requests()).hasSize(24);
        assertThat(node.connections()).hasSize(1);
    }

    @Test
    void closingEndsCallsAndWatchesAndFreesTheThreads() throws Exception {
        node.then(node.silence());

        try (FakeWatchNode streaming = new FakeWatchNode()) {
            RegistryClient client = client();
            RegistryClient watching =
                    RegistryClient.builder().server(streaming.url()).build();
            Watch watch = watching.watch(List.of(), WatchOptions.healthy(), event -> {});
            var read = client.async().discover(client.service("orders"));
            var write = new FutureTask<>(() -> client.register(Samples.registration("o-1")));
            new Thread(write).start();
            await().untilAsserted(() -> assertThat(node.requests()).hasSize(2));
            await().untilAsserted(() -> assertThat(streaming.asked()).hasSize(1));
            assertThat(threads()).isNotEmpty();

            client.close();
            watching.close();

            assertThat(read).succeedsWithin(5, SECONDS).isInstanceOf(Outcome.Unanswered.class);
            assertThat(write.get(5, SECONDS)).isInstanceOf(Outcome.Unknown.class);
            assertThat(watch.isRunning()).isFalse();
            await().untilAsserted(() -> {
                // JDKs whose client cannot be closed end its thread when nobody refers to it any more.
                System.gc();
                assertThat(threads()).isEmpty();
            });
        }
    }

    @Test
    void closedClientAnswersNothingAndSendsNothing() {
        RegistryClient client = client();
        client.close();
        client.close();

        assertThat(client.discover(client.service("orders")))
                .isInstanceOfSatisfying(
                        Outcome.Unanswered.class,
                        unanswered -> assertThat(unanswered.detail()).contains("closed"));
        assertThat(client.async().register(Samples.registration("o-1")))
                .succeedsWithin(5, SECONDS)
                .isInstanceOf(Outcome.Unanswered.class);
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void whatHangsOnAFutureMayCloseTheClient() {
        node.then(answer(200, Samples.discovery("o-1")));
        RegistryClient client = client();

        var closed = client.async().discover(client.service("orders")).thenRun(client::close);

        assertThat(closed).succeedsWithin(5, SECONDS);
    }

    /** Those that began after the test did. */
    private Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.startsWith("rollcall-client") || name.startsWith("HttpClient-"))
                .collect(Collectors.toSet());
    }

    private RegistryClient client() {
        return RegistryClient.builder().server(node.url()).build();
    }
}
