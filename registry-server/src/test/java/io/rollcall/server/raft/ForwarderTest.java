package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ForwarderTest {

    private final FakeRaft raft = new FakeRaft();
    private final LeaderCalls leaderCalls = new LeaderCalls(raft, raft);
    private final Forwarder forwarder = new Forwarder(leaderCalls, Runnable::run);
    private final List<Disposition> settled = new ArrayList<>();

    @BeforeEach
    void anotherMemberLeads() {
        raft.leader = "n2";
    }

    private final Proposal proposal = new Proposal() {
        @Override
        public byte[] encoded() {
            return new byte[] {1, 2};
        }

        @Override
        public int featureLevel() {
            return 1;
        }

        @Override
        public void settled(Disposition disposition) {
            settled.add(disposition);
        }
    };

    @Test
    void theLeadersWordSettlesEach() {
        forwarder.propose(proposal);

        raft.asked(0).answer().complete(new byte[] {Disposition.OVERLOADED.code()});

        assertThat(settled).containsExactly(Disposition.OVERLOADED);
    }

    @Test
    void aRefusedConnectionLeavesItOutOfTheLog() {
        forwarder.propose(proposal);

        raft.asked(0).answer().completeExceptionally(new PeerException("refused", true, null));

        assertThat(settled).containsExactly(Disposition.NOT_LEADER);
    }

    @Test
    void aBrokenConnectionSaysNothing() {
        forwarder.propose(proposal);

        raft.asked(0).answer().completeExceptionally(new PeerException("reset", false, null));

        assertThat(settled).containsExactly(Disposition.UNKNOWN);
    }

    @Test
    void aNewLeaderEndsTheWaitForTheOldOne() {
        forwarder.propose(proposal);

        leaderCalls.leaderChanged("n3");

        assertThat(settled).containsExactly(Disposition.UNKNOWN);
    }

    @Test
    void anAnswerThatIsTooShortSaysNothing() {
        forwarder.propose(proposal);

        raft.asked(0).answer().complete(new byte[0]);

        assertThat(settled).containsExactly(Disposition.UNKNOWN);
    }

    @Test
    void withoutAnotherLeaderItIsNotSent() {
        raft.leader = null;

        forwarder.propose(proposal);

        assertThat(settled).containsExactly(Disposition.NOT_LEADER);
        assertThat(raft.asked).isEmpty();
    }
}
