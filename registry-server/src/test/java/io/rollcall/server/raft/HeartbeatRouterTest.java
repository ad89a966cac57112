package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.server.app.Beat;
import io.rollcall.server.app.BeatResult;
import io.rollcall.server.app.BeatResult.Renewed;
import io.rollcall.server.app.BeatResult.Unconfirmed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class HeartbeatRouterTest {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Renewed RENEWED = new Renewed(Duration.ofSeconds(3), Duration.ofSeconds(1));

    private final FakeRaft raft = new FakeRaft();
    private final IdleRole role = new IdleRole();
    private boolean mayVouch = true;
    private final HeartbeatRouter router = new HeartbeatRouter(
            raft,
            role,
            new LeaderCalls(raft, raft),
            () -> CompletableFuture.completedFuture(0L),
            () -> mayVouch,
            Runnable::run);

    private static List<Beat> beats(int from, int count) {
        List<Beat> beats = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            beats.add(new Beat(InstanceKey.of("default", "orders", "i" + (from + i)), null));
        }
        return beats;
    }

    private void answer(int question, BeatResult... results) {
        raft.asked(question).answer().complete(BeatMessages.results(List.of(results)));
    }

    private static long soon() {
        return System.nanoTime() + Duration.ofMillis(100).toNanos();
    }

    @Test
    void theLeaderTakesThemItself() {
        role.answer = RENEWED;

        CompletableFuture<List<BeatResult>> answer = router.renew(beats(0, 2), DEADLINE);

        assertThat(answer).isCompletedWithValue(List.of(RENEWED, RENEWED));
        assertThat(raft.asked).isEmpty();
    }

    @Test
    void aFollowerVouchesUnlessAVoteOfItsWasForgotten() throws PeerException {
        raft.leader = "n2";

        var first = router.renew(beats(0, 1), DEADLINE);
        answer(0, RENEWED);
        mayVouch = false;
        var second = router.renew(beats(1, 1), DEADLINE);

        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
        assertThat(BeatMessages.asked(raft.asked(0).request()).vouching())
                .isEqualTo(new PeerMessages.Vouching(raft.term(), raft.self()));
        assertThat(BeatMessages.asked(raft.asked(1).request()).vouching())
                .isEqualTo(new PeerMessages.Vouching(-1, raft.self()));
    }

    @Test
    void aFollowerHandsThemToTheLeader() {
        raft.leader = "n2";

        CompletableFuture<List<BeatResult>> answer = router.renew(beats(0, 2), DEADLINE);
        assertThat(raft.asked(0).peer()).isEqualTo("n2");
        answer(0, RENEWED, new BeatResult.Unknown());

        assertThat(answer).isCompletedWithValue(List.of(RENEWED, new BeatResult.Unknown()));
    }

    @Test
    void whatComesWhileMessagesAreUnderWayGoesTogether() throws PeerException {
        raft.leader = "n2";
        List<CompletableFuture<List<BeatResult>>> answers = new ArrayList<>();

        for (int i = 0; i < 6; i++) {
            answers.add(router.renew(beats(i, 1), DEADLINE));
        }
        assertThat(raft.asked).hasSize(HeartbeatRouter.MESSAGES_MAX);
        answer(0, RENEWED);

        assertThat(raft.asked).hasSize(HeartbeatRouter.MESSAGES_MAX + 1);
        assertThat(BeatMessages.asked(raft.asked(2).request()).beats()).hasSize(4);
        answer(1, RENEWED);
        answer(2, RENEWED, RENEWED, RENEWED, RENEWED);
        assertThat(answers).allMatch(CompletableFuture::isDone);
    }

    @Test
    void onlyWhatWasNotConfirmedIsTriedAgain() throws PeerException {
        raft.leader = "n2";
        CompletableFuture<List<BeatResult>> answer = router.renew(beats(0, 2), DEADLINE);

        answer(0, RENEWED, role.answer);
        assertThat(answer).isNotDone();
        router.tick(soon());

        assertThat(BeatMessages.asked(raft.asked(1).request()).beats()).isEqualTo(beats(1, 1));
        answer(1, RENEWED);
        assertThat(answer).isCompletedWithValue(List.of(RENEWED, RENEWED));
    }

    @Test
    void aLeaderThatComesInTimeIsWaitedFor() {
        raft.leader = null;
        CompletableFuture<List<BeatResult>> answer = router.renew(beats(0, 1), DEADLINE);
        router.tick(soon());
        assertThat(answer).isNotDone();

        raft.leader = "n1";
        role.answer = RENEWED;
        router.tick(soon());

        assertThat(answer).isCompletedWithValue(List.of(RENEWED));
    }

    @Test
    void withoutALeaderNothingIsConfirmedAtTheDeadline() {
        raft.leader = null;
        CompletableFuture<List<BeatResult>> answer = router.renew(beats(0, 3), DEADLINE);

        router.tick(System.nanoTime() + DEADLINE.toNanos());

        assertThat(answer).isCompleted();
        assertThat(answer.join()).hasSize(3).hasOnlyElementsOfType(Unconfirmed.class);
    }

    @Test
    void aMessageThatFailsIsTriedAgain() {
        raft.leader = "n2";
        CompletableFuture<List<BeatResult>> answer = router.renew(beats(0, 1), DEADLINE);

        raft.asked(0).answer().completeExceptionally(new PeerException("gone", false, null));
        router.tick(soon());
        answer(1, RENEWED);

        assertThat(answer).isCompletedWithValue(List.of(RENEWED));
    }
}
