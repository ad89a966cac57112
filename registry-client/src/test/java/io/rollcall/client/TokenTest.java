package io.rollcall.client;

import static io.rollcall.client.fake.FakeNode.answer;
import static io.rollcall.client.fake.FakeNode.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.FakeWatchNode;
import io.rollcall.client.fake.Samples;
import io.rollcall.client.watch.WatchEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TokenTest {

    private static final FakeNode.Line FOUND = answer(200, Samples.discovery("o-1"));

    private final FakeNode node = new FakeNode();
    private final AtomicReference<String> token = new AtomicReference<>("id.old");

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void supplierIsAskedForEachRequest() {
        node.then(FOUND);
        AtomicInteger asked = new AtomicInteger();

        try (RegistryClient client = client(() -> "id." + asked.incrementAndGet())) {
            client.discover(client.service("orders")).orThrow();
            client.discover(client.service("orders")).orThrow();
        }

        assertThat(sent()).containsExactly("Bearer id.1", "Bearer id.2");
    }

    @Test
    void noTokenIsSentWhenThereIsNone() {
        node.then(FOUND);

        try (RegistryClient client = client(() -> null)) {
            client.discover(client.service("orders")).orThrow();
        }

        assertThat(node.requests().get(0).headers()).doesNotContainKey("authorization");
    }

    @Test
    void tokenThatWasReplacedIsTriedOnceMore() {
        node.then(exchange -> {
                    token.set("id.new");
                    problem(401, "unauthenticated").play(exchange);
                })
                .then(answer(201, Samples.json("o-1")));

        try (RegistryClient client = client(token::get)) {
            assertThat(client.register(Samples.registration("o-1"))).isInstanceOf(Outcome.Done.class);
        }

        assertThat(sent()).containsExactly("Bearer id.old", "Bearer id.new");
    }

    @Test
    void tokenThatWasNotReplacedIsNotTriedAgain() {
        node.then(problem(401, "unauthenticated"));

        try (RegistryClient client = client(token::get)) {
            assertThat(client.discover(client.service("orders"))).isInstanceOf(Outcome.Refused.class);
        }

        assertThat(sent()).hasSize(1);
    }

    @Test
    void supplierWithAlwaysAnotherTokenIsBelievedOnce() {
        node.then(problem(401, "unauthenticated"));
        AtomicInteger asked = new AtomicInteger();

        try (RegistryClient client = client(() -> "id." + asked.incrementAndGet())) {
            assertThat(client.register(Samples.registration("o-1"))).isInstanceOf(Outcome.Refused.class);
        }

        assertThat(sent()).hasSize(2);
    }

    @Test
    void supplierThatFailsEndsTheCallWithoutTellingTheToken() {
        try (RegistryClient client = client(() -> {
            throw new IllegalStateException("cannot renew id.secret");
        })) {
            assertThat(client.register(Samples.registration("o-1")))
                    .isInstanceOfSatisfying(
                            Outcome.Unanswered.class,
                            unanswered -> assertThat(unanswered.detail())
                                    .contains("IllegalStateException")
                                    .doesNotContain("secret"));
        }
        try (RegistryClient client = client(() -> "id.secret\n")) {
            assertThat(client.discover(client.service("orders")))
                    .isInstanceOfSatisfying(
                            Outcome.Unanswered.class,
                            unanswered -> assertThat(unanswered.detail())
                                    .contains("printable")
                                    .doesNotContain("secret"));
        }
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void watchGoesOnWithATokenThatWasReplaced() {
        List<WatchEvent> told = new CopyOnWriteArrayList<>();

        try (FakeWatchNode streaming = new FakeWatchNode();
                RegistryClient client = RegistryClient.builder()
                        .server(streaming.url())
                        .backoff(Duration.ofMillis(5), Duration.ofMillis(20))
                        .token(token::get)
                        .build()) {
            streaming.refusal = exchange -> {
                token.set("id.new");
                streaming.refusal = null;
                problem(401, "unauthenticated").play(exchange);
            };
            client.watch(List.of(client.service("orders")), WatchOptions.healthy(), told::add);
            streaming.snapshot("orders", 5);

            await().untilAsserted(() -> assertThat(told).hasSize(1));
        }
    }

    private List<String> sent() {
        return node.requests().stream()
                .map(request -> request.headers().get("authorization"))
                .toList();
    }

    private RegistryClient client(Supplier<String> supplier) {
        return RegistryClient.builder().server(node.url()).token(supplier).build();
    }
}
