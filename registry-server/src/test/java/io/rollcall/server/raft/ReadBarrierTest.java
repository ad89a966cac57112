package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ReadBarrierTest {

    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final FakeRaft raft = new FakeRaft();
    private boolean mayVouch = true;
    private final LeaderCalls leaderCalls = new LeaderCalls(raft, raft);
    private final IndexGate logGate = new IndexGate(Runnable::run);
    private final ReadBarrier barrier = new ReadBarrier(
            raft,
            new LeadershipCheck(raft, raft),
            leaderCalls,
            logGate,
            new IndexGate(Runnable::run),
            () -> mayVouch,
            Runnable::run);

    /** A read whose end the test does not look at. */
    private void read() {
        var unused = barrier.barrier(DEADLINE);
    }

    private void tickAfter(Duration time) {
        barrier.tick(System.nanoTime() + time.toNanos());
    }

    @Test
    void aLeaderPassesOnceItHasAppliedWhatItHadCommitted() {
        raft.peersAreInTerm(3);

        CompletableFuture<Boolean> read = barrier.barrier(DEADLINE);

        assertThat(read).isNotDone();
        logGate.advance(9);
        assertThat(read).isNotDone();
        logGate.advance(10);
        assertThat(read).isCompletedWithValue(true);
    }

    @Test
    void aFollowerAsksTheLeaderAndWaitsForItsIndex() {
        raft.leader = "n2";
        raft.answers = (peer, method) -> PeerMessages.number(12);

        CompletableFuture<Boolean> read = barrier.barrier(DEADLINE);

        assertThat(raft.asked(0).peer()).isEqualTo("n2");
        assertThat(raft.asked(0).method()).isEqualTo(PeerMethod.READ_INDEX);
        assertThat(read).isNotDone();
        logGate.advance(12);
        assertThat(read).isCompletedWithValue(true);
    }

    @Test
    void aFollowerVouchesIfItHasAVote() throws Exception {
        raft.leader = "n2";
        read();
        assertThat(PeerMessages.Vouching.of(raft.asked(0).request())).isEqualTo(new PeerMessages.Vouching(3, "n1"));

        mayVouch = false;
        read();
        assertThat(PeerMessages.Vouching.of(raft.asked(1).request())).isEqualTo(new PeerMessages.Vouching(-1, "n1"));
    }

    @Test
    void readsThatCameBeforeARoundShareIt() {
        raft.leader = "n2";
        for (int i = 0; i < 100; i++) {
            read();
        }
        assertThat(raft.asked).hasSize(2);

        raft.asked(0).answer().complete(PeerMessages.number(1));
        logGate.advance(1);

        assertThat(raft.asked).hasSize(3);
    }

    @Test
    void aReadIsNotServedByARoundThatBeganBeforeIt() {
        raft.leader = "n2";
        read();
        read();
        CompletableFuture<Boolean> late = barrier.barrier(DEADLINE);

        raft.asked(0).answer().complete(PeerMessages.number(1));
        raft.asked(1).answer().complete(PeerMessages.number(1));
        logGate.advance(1);

        assertThat(late).isNotDone();
        raft.asked(2).answer().complete(PeerMessages.number(1));
        assertThat(late).isCompletedWithValue(true);
    }

    @Test
    void withoutALeaderTheDeadlineEndsIt() {
        raft.leader = null;

        CompletableFuture<Boolean> read = barrier.barrier(DEADLINE);

        tickAfter(Duration.ofMillis(1_900));
        assertThat(read).isNotDone();
        tickAfter(Duration.ofMillis(2_001));
        assertThat(read).isCompletedWithValue(false);
    }

    @Test
    void withoutAQuorumTheDeadlineEndsIt() {
        CompletableFuture<Boolean> read = barrier.barrier(DEADLINE);

        tickAfter(Duration.ofMillis(2_001));

        assertThat(read).isCompletedWithValue(false);
    }

    @Test
    void aNewLeaderIsAskedAtOnce() {
        raft.leader = "n2";
        CompletableFuture<Boolean> read = barrier.barrier(DEADLINE);

        raft.leader = "n3";
        leaderCalls.leaderChanged("n3");
        barrier.leaderChanged();

        assertThat(raft.asked(0).answer()).isCancelled();
        assertThat(raft.asked(1).peer()).isEqualTo("n3");
        raft.asked(1).answer().complete(PeerMessages.number(1));
        logGate.advance(1);
        assertThat(read).isCompletedWithValue(true);
    }

    @Test
    void aFailedRoundIsTriedAgainAfterAPause() {
        raft.leader = "n2";
        CompletableFuture<Boolean> read = barrier.barrier(DEADLINE);
        raft.asked(0).answer().completeExceptionally(new PeerException("not ready", false, null));
        assertThat(raft.asked).hasSize(1);

        await().untilAsserted(() -> {
            barrier.tick(System.nanoTime());
            assertThat(raft.asked).hasSizeGreaterThan(1);
        });
        raft.asked(1).answer().complete(PeerMessages.number(1));
        logGate.advance(1);

        assertThat(read).isCompletedWithValue(true);
    }

    @Test
    void theAgeCountsFromTheStartOfTheLastRoundThatPassed() {
        raft.voters = List.of(Set.of("n1"));
        assertThat(barrier.dataAgeMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(barrier.hasCaughtUp()).isFalse();

        logGate.advance(10);
        read();

        assertThat(barrier.hasCaughtUp()).isTrue();
        assertThat(barrier.dataAgeMillis()).isLessThan(1_000);
    }

    @Test
    void withoutReadsARoundKeepsTheAgeKnown() {
        raft.voters = List.of(Set.of("n1"));
        logGate.advance(10);

        barrier.tick(System.nanoTime());

        assertThat(barrier.hasCaughtUp()).isTrue();
    }

    @Test
    void tooManyReadsAreRefusedAtOnce() {
        raft.leader = "n2";
        for (int i = 0; i < ReadBarrier.WAITING_MAX + ReadBarrier.ROUNDS_MAX; i++) {
            read();
        }

        assertThat(barrier.barrier(DEADLINE)).isCompletedWithValue(false);
    }
}
