package io.rollcall.client.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rollcall.api.model.Instance;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class AsyncCallTest {

    private List<Instance> list = Sample.many(4);
    private final BalancedCalls calls =
            BalancedCalls.over(() -> list).time(new ManualTime()).build();

    /** The attempts made, completed by the test. */
    private final List<CompletableFuture<String>> attempts = new ArrayList<>();

    private final List<Instance> tried = new ArrayList<>();

    @Test
    void completesAsTheAttemptDoes() {
        CompletableFuture<String> answer = begin(CallOptions.once());
        assertThat(answer).isNotDone();
        assertThat(inFlight()).isEqualTo(1);

        attempts.get(0).complete("done");

        assertThat(answer).isCompletedWithValue("done");
        assertThat(inFlight()).isZero();
    }

    @Test
    void isMadeAgainElsewhere() {
        CompletableFuture<String> answer = begin(CallOptions.idempotent());

        attempts.get(0).completeExceptionally(new CompletionException(new IOException("reset")));
        assertThat(answer).isNotDone();
        assertThat(inFlight()).isEqualTo(1);
        attempts.get(1).completeExceptionally(new ConnectException());
        attempts.get(2).complete("third");

        assertThat(answer).isCompletedWithValue("third");
        assertThat(tried).doesNotHaveDuplicates().hasSize(3);
        assertThat(inFlight()).isZero();
    }

    @Test
    void failsWithTheLastFailureWithoutWrapping() {
        CompletableFuture<String> answer = begin(CallOptions.idempotent());
        IOException first = new IOException("first");
        IOException last = new IOException("last");

        attempts.get(0).completeExceptionally(first);
        attempts.get(1).completeExceptionally(new IOException("second"));
        attempts.get(2).completeExceptionally(last);

        assertThat(failure(answer)).isSameAs(last).hasSuppressedException(first);
        assertThat(attempts).hasSize(3);
        assertThat(inFlight()).isZero();
    }

    @Test
    void isNotRepeatedUnlessIdempotentOrNeverSent() {
        CompletableFuture<String> answer = begin(CallOptions.once());
        attempts.get(0).completeExceptionally(new ConnectException());
        attempts.get(1).completeExceptionally(new TimeoutException());

        assertThat(failure(answer)).isInstanceOf(TimeoutException.class);
        assertThat(attempts).hasSize(2);
    }

    @Test
    void anExceptionThrownAtOnceIsAFailureToo() {
        CompletableFuture<String> answer = calls.callAsync(CallOptions.once(), instance -> {
            throw new IllegalArgumentException("no such path");
        });

        assertThat(failure(answer)).hasMessage("no such path");
        assertThat(inFlight()).isZero();
    }

    @Test
    void anErrorIsHeardOf() {
        CompletableFuture<String> answer = calls.callAsync(CallOptions.once(), instance -> {
            throw new StackOverflowError();
        });

        assertThat(failure(answer)).isInstanceOf(StackOverflowError.class);
        assertThat(inFlight()).isZero();
    }

    @Test
    void withoutAnInstanceItFails() {
        list = List.of();

        CompletableFuture<String> answer = begin(CallOptions.once());

        assertThat(failure(answer)).isInstanceOf(NoInstanceException.class);
        assertThat(attempts).isEmpty();
    }

    @Test
    void cancellingCancelsTheAttempt() {
        CompletableFuture<String> answer = begin(CallOptions.idempotent());

        answer.cancel(true);

        assertThat(attempts.get(0)).isCancelled();
        assertThat(attempts).hasSize(1);
        assertThat(inFlight()).isZero();
    }

    @Test
    void givingUpByATimeoutCancelsTheAttemptToo() {
        CompletableFuture<String> answer = begin(CallOptions.idempotent());

        answer.completeExceptionally(new TimeoutException());

        assertThat(attempts.get(0)).isCancelled();
        assertThat(attempts).hasSize(1);
    }

    @Test
    void aFaultOfTheCallersRulesIsHeardOf() {
        BalancedCalls odd = BalancedCalls.over(() -> list)
                .retries(Retries.DEFAULT.withRetriableWhen(failure -> {
                    throw new IllegalStateException("a fault of the rule");
                }))
                .build();
        IOException lost = new IOException("lost");

        CompletableFuture<String> answer =
                odd.callAsync(CallOptions.idempotent(), instance -> CompletableFuture.failedFuture(lost));

        assertThat(failure(answer)).isSameAs(lost);
        assertThat(lost.getSuppressed())
                .singleElement()
                .satisfies(e -> assertThat(e).hasMessage("a fault of the rule"));
    }

    private CompletableFuture<String> begin(CallOptions options) {
        return calls.callAsync(options, instance -> {
            tried.add(instance);
            attempts.add(new CompletableFuture<>());
            return attempts.get(attempts.size() - 1);
        });
    }

    private int inFlight() {
        return calls.endpoints().stream().mapToInt(EndpointState::inFlight).sum();
    }

    private static Throwable failure(CompletableFuture<?> answer) {
        assertThat(answer).isCompletedExceptionally();
        Throwable thrown = catchThrowable(answer::get);
        return thrown instanceof ExecutionException ? thrown.getCause() : thrown;
    }
}
