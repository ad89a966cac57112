package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class IndexGateTest {

    private static final long LATER = 1_000;

    private final IndexGate gate = new IndexGate(Runnable::run);

    @Test
    void whatIsReachedIsNotWaitedFor() {
        gate.advance(5);

        assertThat(gate.await(5, LATER)).isCompletedWithValue(true);
    }

    @Test
    void waitersPassInTheOrderOfTheirIndexes() {
        CompletableFuture<Boolean> seven = gate.await(7, LATER);
        CompletableFuture<Boolean> six = gate.await(6, LATER);

        gate.advance(6);

        assertThat(six).isCompletedWithValue(true);
        assertThat(seven).isNotDone();
    }

    @Test
    void whoseTimeIsOverIsSentAway() {
        CompletableFuture<Boolean> early = gate.await(7, LATER);
        CompletableFuture<Boolean> late = gate.await(7, LATER + 1);

        gate.expire(LATER);

        assertThat(early).isCompletedWithValue(false);
        assertThat(late).isNotDone();
    }

    @Test
    void anIndexNeverFalls() {
        gate.advance(7);
        gate.advance(6);

        assertThat(gate.await(7, LATER)).isCompletedWithValue(true);
    }

    @Test
    void theNumberOfWaitersIsBounded() {
        for (int i = 0; i < IndexGate.WAITING_MAX; i++) {
            assertThat(gate.await(7, LATER)).isNotDone();
        }

        assertThat(gate.await(7, LATER)).isCompletedWithValue(false);
    }
}
