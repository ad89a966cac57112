package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class LeadershipCheckTest {

    private final FakeRaft raft = new FakeRaft();
    private final LeadershipCheck check = new LeadershipCheck(raft, raft);

    private void answer(int question, long term) {
        raft.asked(question).answer().complete(PeerMessages.number(term));
    }

    private void fail(int question) {
        raft.asked(question).answer().completeExceptionally(new PeerException("down", true, null));
    }

    @Test
    void oneOtherOfThreeInTheSameTermIsEnough() {
        CompletableFuture<Long> index = check.readIndex();
        assertThat(index).isNotDone();

        answer(0, 3);

        assertThat(index).isCompletedWithValue(10L);
    }

    private CompletableFuture<Long> askedBy(String voter, long term) {
        return check.readIndex(new PeerMessages.Vouching(term, voter));
    }

    @Test
    void theOneOfThreeThatAsksMayVouchItself() {
        assertThat(askedBy("n2", 3)).isCompletedWithValue(10L);
        assertThat(raft.asked).isEmpty();
    }

    @Test
    void whoAsksInAnotherTermOrHasNoVoteVouchesForNothing() {
        for (var index : List.of(askedBy("n2", 2), askedBy("n2", 4), askedBy("n2", -1), askedBy("n9", 3))) {
            assertThat(index).isNotDone();
        }
        answer(0, 3);
    }

    @Test
    void oneOfFiveIsNoMajorityWithTheLeader() {
        raft.voters = List.of(Set.of("n1", "n2", "n3", "n4", "n5"));

        assertThat(askedBy("n2", 3)).isNotDone();
    }

    @Test
    void whileTheMembershipChangesWhoAsksMustCompleteBothMajorities() {
        raft.voters = List.of(Set.of("n1", "n2", "n3"), Set.of("n1", "n3", "n4"));

        assertThat(askedBy("n2", 3)).isNotDone();
        assertThat(askedBy("n3", 3)).isCompletedWithValue(10L);
    }

    @Test
    void aLeaderThatIsNotReadyIsNotHelpedByWhoAsks() {
        raft.ready = false;

        assertThat(askedBy("n2", 3)).isCompletedExceptionally();
    }

    @Test
    void aMajorityInALaterTermConfirmsNothing() {
        CompletableFuture<Long> index = check.readIndex();

        answer(0, 4);
        answer(1, 4);

        assertThat(index).isCompletedExceptionally();
    }

    @Test
    void aMajorityInAnEarlierTermConfirmsNothing() {
        CompletableFuture<Long> index = check.readIndex();

        answer(0, 2);
        answer(1, 2);

        assertThat(index).isCompletedExceptionally();
    }

    @Test
    void silencePlusOneVoiceIsEnough() {
        CompletableFuture<Long> index = check.readIndex();

        fail(0);
        answer(1, 3);

        assertThat(index).isCompletedWithValue(10L);
    }

    @Test
    void theIndexIsThatOfTheStartOfTheRound() {
        CompletableFuture<Long> index = check.readIndex();

        raft.committed = 20;
        answer(0, 3);

        assertThat(index).isCompletedWithValue(10L);
    }

    @Test
    void aLeaderThatIsDeposedMeanwhileConfirmsNothing() {
        CompletableFuture<Long> index = check.readIndex();

        raft.term = 4;
        answer(0, 3);

        assertThat(index).isCompletedExceptionally();
    }

    @Test
    void aLeaderThatIsNotReadyConfirmsNothing() {
        raft.ready = false;

        assertThat(check.readIndex()).isCompletedExceptionally();
        assertThat(raft.asked).isEmpty();
    }

    @Test
    void aMemberAloneNeedsNobody() {
        raft.voters = List.of(Set.of("n1"));

        assertThat(check.readIndex()).isCompletedWithValue(10L);
    }

    @Test
    void aChangeOfMembershipNeedsAMajorityOfBoth() {
        raft.voters = List.of(Set.of("n1", "n2", "n3"), Set.of("n3", "n4", "n5"));
        raft.answers = (peer, method) -> Set.of("n2", "n3").contains(peer) ? PeerMessages.number(3) : null;

        CompletableFuture<Long> index = check.readIndex();
        assertThat(index).isNotDone();
        raft.asked.stream()
                .filter(question -> question.peer().equals("n4"))
                .forEach(question -> question.answer().complete(PeerMessages.number(3)));

        assertThat(index).isCompletedWithValue(10L);
    }

    @Test
    void whoComesDuringARoundWaitsForTheNextOne() {
        CompletableFuture<Long> first = check.readIndex();
        CompletableFuture<Long> second = check.readIndex();
        CompletableFuture<Long> third = check.readIndex();
        CompletableFuture<Long> fourth = check.readIndex();
        assertThat(raft.asked).hasSize(4);
        raft.committed = 11;

        answer(0, 3);

        assertThat(first).isCompletedWithValue(10L);
        assertThat(second).isNotDone();
        assertThat(raft.asked).hasSize(6);
        answer(4, 3);
        assertThat(third).isCompletedWithValue(11L);
        assertThat(fourth).isSameAs(third);
    }
}
