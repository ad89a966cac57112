package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.server.app.Freshness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdmissionTest {

    /** Caught up or not, as told. */
    private static final class Told implements Freshness {

        private boolean caughtUp;

        @Override
        public CompletableFuture<Boolean> barrier(Duration deadline) {
            return CompletableFuture.completedFuture(caughtUp);
        }

        @Override
        public CompletableFuture<Boolean> awaitIndex(long registryIndex, Duration deadline) {
            return CompletableFuture.completedFuture(caughtUp);
        }

        @Override
        public long dataAgeMillis() {
            return caughtUp ? 0 : Long.MAX_VALUE;
        }

        @Override
        public boolean hasCaughtUp() {
            return caughtUp;
        }
    }

    @TempDir
    Path folder;

    private final FakeRaft raft = new FakeRaft();
    private final Told freshness = new Told();
    private VotingRight right;
    private Admission admission;

    @BeforeEach
    void aNewFolder() throws Exception {
        raft.leader = null;
        raft.last = -1;
        right = new VotingRight(DataFolder.open(folder, "n1"));
        admission = new Admission(right, raft, raft, freshness);
    }

    private static byte[] status(long lastIndex) {
        return new PeerMessages.Status("follower", 0, -1, -1, lastIndex).toBytes();
    }

    private void assertHeldForEver(boolean held) throws Exception {
        assertThat(right.isHeld()).isEqualTo(held);
        assertThat(new VotingRight(DataFolder.open(folder, "n1")).isHeld()).isEqualTo(held);
    }

    @Test
    void theOnlyVoterHasIt() throws Exception {
        raft.voters = List.of(Set.of("n1"));

        admission.tick();

        assertHeldForEver(true);
    }

    @Test
    void aNewMemberAmongMembersWithoutLogsHasIt() throws Exception {
        raft.answers = (peer, method) -> status(-1);

        admission.tick();

        assertHeldForEver(true);
    }

    @Test
    void oneMemberWithALogIsProofThatTheClusterIsNotNew() throws Exception {
        raft.answers = (peer, method) -> status(peer.equals("n2") ? 0 : -1);

        admission.tick();

        assertHeldForEver(false);
    }

    @Test
    void aMemberThatDoesNotAnswerMayHaveALog() throws Exception {
        raft.answers = (peer, method) -> peer.equals("n2") ? status(-1) : null;
        admission.tick();
        raft.asked(1).answer().completeExceptionally(new PeerException("away", true, null));
        assertHeldForEver(false);

        raft.answers = (peer, method) -> status(-1);
        admission.tick();

        assertHeldForEver(true);
    }

    @Test
    void anAnswerThatCannotBeReadProvesNothing() throws Exception {
        raft.answers = (peer, method) -> new byte[] {1};

        admission.tick();

        assertHeldForEver(false);
    }

    @Test
    void aLogOfItsOwnThatBeganMeanwhileIsAProofToo() throws Exception {
        admission.tick();
        raft.last = 0;
        raft.asked(0).answer().complete(status(-1));
        raft.asked(1).answer().complete(status(-1));

        assertHeldForEver(false);
    }

    @Test
    void aMemberThatHasCaughtUpHasIt() throws Exception {
        raft.last = 7;
        admission.tick();
        assertHeldForEver(false);
        assertThat(raft.asked).isEmpty();

        freshness.caughtUp = true;
        admission.tick();

        assertHeldForEver(true);
    }
}
