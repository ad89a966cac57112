package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BeatConfirmationsTest {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<CompletableFuture<Long>> rounds = new ArrayList<>();
    private final BeatConfirmations confirmations = new BeatConfirmations(this::round, timer);

    private synchronized CompletableFuture<Long> round() {
        CompletableFuture<Long> round = new CompletableFuture<>();
        rounds.add(round);
        notifyAll();
        return round;
    }

    private synchronized CompletableFuture<Long> begun(int number) throws InterruptedException {
        while (rounds.size() <= number) {
            wait();
        }
        return rounds.get(number);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void whoComesWhileARoundIsUnderWayWaitsForTheNext() throws Exception {
        CompletableFuture<Long> first = confirmations.join();
        CompletableFuture<Long> began = begun(0);
        CompletableFuture<Long> second = confirmations.join();
        began.complete(5L);

        assertThat(first).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo(5L);
        assertThat(second).isNotDone();
        begun(1).complete(6L);
        assertThat(second).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo(6L);
    }

    @Test
    void aRoundThatFailsConfirmsNobody() throws Exception {
        CompletableFuture<Long> joined = confirmations.join();
        begun(0).completeExceptionally(new PeerException("alone", false, null));

        assertThatThrownBy(() -> joined.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(PeerException.class);
    }

    @Test
    void whoComesTogetherSharesARound() throws Exception {
        CompletableFuture<Void> busy = new CompletableFuture<>();
        timer.execute(busy::join);
        CompletableFuture<Long> one = confirmations.join();
        CompletableFuture<Long> other = confirmations.join();
        busy.complete(null);
        begun(0).complete(7L);

        assertThat(one).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo(7L);
        assertThat(other).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo(7L);
        assertThat(rounds).hasSize(1);
    }
}
