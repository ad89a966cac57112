package io.rollcall.client;

import static io.rollcall.client.fake.FakeNode.answer;
import static io.rollcall.client.fake.FakeNode.problem;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rollcall.client.answer.Discovery;
import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.Samples;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AsyncRegistryClientTest {

    private final FakeNode node = new FakeNode();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void hasEveryCallThatWaits() {
        for (Class<?>[] pair : new Class<?>[][] {
            {RegistryClient.class, AsyncRegistryClient.class},
            {RegistryOperations.class, AsyncRegistryOperations.class},
            {ConfigClient.class, AsyncConfigClient.class}
        }) {
            assertThat(calls(pair[1], CompletableFuture.class)).isEqualTo(calls(pair[0], Outcome.class));
        }
    }

    private static List<String> calls(Class<?> type, Class<?> answer) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getReturnType().equals(answer))
                .map(AsyncRegistryClientTest::signature)
                .sorted()
                .toList();
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getGenericParameterTypes());
    }

    @Test
    void answersWithoutWaiting() {
        node.then(answer(201, Samples.json("o-1"), "Registry-Index", "12")).then(answer(200, Samples.discovery("o-1")));

        try (RegistryClient client =
                RegistryClient.builder().server(node.url()).readYourWrites(true).build()) {
            var discovered = client.async()
                    .register(Samples.registration("o-1"))
                    .thenCompose(registered -> client.async().discover(client.service("orders")));

            assertThat(discovered)
                    .succeedsWithin(5, SECONDS)
                    .satisfies(
                            outcome -> assertThat(outcome.orThrow().instances()).hasSize(1));
            assertThat(client.highestWritten()).isEqualTo(12);
        }
        assertThat(node.requests().get(1).target()).endsWith("minIndex=12");
    }

    @Test
    void refusalIsAnOutcomeAndMistakesFail() {
        node.then(problem(404, "instance-not-found"));

        try (RegistryClient client = client()) {
            assertThat(client.async().deregister(Samples.KEY, WriteOptions.none()))
                    .succeedsWithin(5, SECONDS)
                    .isInstanceOf(Outcome.Refused.class);

            var badId = WriteOptions.none().withRequestId("a\nb");
            assertThat(client.async().deregister(Samples.KEY, badId)).failsWithin(5, SECONDS);
            assertThatThrownBy(() -> client.deregister(Samples.KEY, badId))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(node.requests()).hasSize(1);
    }

    @Test
    void cancellingTheFutureBreaksTheAttemptOff() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RegistryClient client = RegistryClient.builder()
                        .server("http://127.0.0.1:" + listener.getLocalPort())
                        .build()) {
            var call = client.async().discover(client.service("orders"));
            try (Socket connection = listener.accept()) {
                connection.setSoTimeout(10_000);
                assertThat(connection.getInputStream().read()).isEqualTo('G');

                call.cancel(true);

                // Its end comes after what was sent; without it the read would time out.
                assertThat(connection.getInputStream().readAllBytes()).isNotEmpty();
            }
        }
    }

    @Test
    void whatHangsOnAFutureMayWaitForOtherCalls() {
        node.then(answer(200, Samples.discovery("o-1")));

        try (RegistryClient client = client()) {
            List<CompletableFuture<Outcome<Discovery>>> chains = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                chains.add(client.async()
                        .discover(client.service("orders"))
                        .thenApply(first -> client.discover(client.service("orders")))
                        .thenApply(second -> client.async()
                                .discover(client.service("orders"))
                                .join()));
            }

            assertThat(chains)
                    .allSatisfy(chain ->
                            assertThat(chain).succeedsWithin(10, SECONDS).isInstanceOf(Outcome.Done.class));
        }
    }

    @Test
    void futuresAreCompletedByTheExecutorThatIsSetAndCallsAreNot() {
        node.then(answer(200, Samples.discovery("o-1")));
        var single = Executors.newSingleThreadExecutor(task -> new Thread(task, "of-the-test"));

        try (RegistryClient client =
                RegistryClient.builder().server(node.url()).executor(single).build()) {
            // The one thread of the executor waits for a call: it can, since calls do not need it.
            var name = client.async()
                    .discover(client.service("orders"))
                    .thenApply(first -> client.discover(client.service("orders")))
                    .thenApply(second -> Thread.currentThread().getName());
            assertThat(name).succeedsWithin(5, SECONDS).isEqualTo("of-the-test");

            single.shutdown();
            assertThat(client.async().discover(client.service("orders"))).succeedsWithin(5, SECONDS);
        }
    }

    @Test
    void interruptingAThreadThatWaitsEndsItsCallAtOnce() throws Exception {
        node.then(node.silence());

        try (RegistryClient client = client()) {
            var call = new FutureTask<>(() -> {
                Outcome<?> outcome = client.register(Samples.registration("o-1"));
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                return outcome;
            });
            Thread waiting = new Thread(call);
            waiting.start();
            await().untilAsserted(() -> assertThat(node.requests()).hasSize(1));

            waiting.interrupt();

            assertThat(call.get(1, SECONDS)).isInstanceOf(Outcome.Unknown.class);
        }
    }

    private RegistryClient client() {
        return RegistryClient.builder().server(node.url()).build();
    }
}
