package io.rollcall.server.raft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The leader's half of the read barrier: finds an index such that a member that has applied it holds all that was
 * acknowledged before.
 *
 * <p>A round notes term and committed index, then asks the voters for their terms. If a majority is still in that term,
 * no later leader existed when they were asked: it would need a vote of one of them, given after its answer. So nobody
 * committed anything that this leader does not know of. Results are told by whichever member applied them, and that may
 * be ahead of what the leader has applied, but never of what it has committed.
 *
 * <p>A follower that asks for an index has read its own term after the reads that it asks for had come. So what it says of
 * itself counts like an answer, although it came before the question.
 */
final class LeadershipCheck {

    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);

    /** With two, one gathers answers while the other one's questions are under way. */
    static final int ROUNDS_MAX = 2;

    private final RaftView raft;
    private final PeerCalls peers;
    private final Rounds<Long> rounds;

    LeadershipCheck(RaftView raft, PeerCalls peers) {
        this.raft = raft;
        this.peers = peers;
        this.rounds = new Rounds<>(this::round, ROUNDS_MAX);
    }

    /** The read index; fails with {@link PeerException} if this member does not lead, or cannot prove it. */
    CompletableFuture<Long> readIndex() {
        return rounds.join();
    }

    /**
     * The read index for a member that said its term when it asked. If the two of them are a majority, that was all that
     * a round would have asked for.
     */
    CompletableFuture<Long> readIndex(PeerMessages.Vouching vouching) {
        // In this order, as in a round.
        long term = raft.term();
        boolean leads = raft.leaderReady();
        long index = raft.committedIndex();
        boolean suffices = leads && raft.term() == term && vouching.term() == term && isMajorityWith(vouching.voter());
        return suffices ? CompletableFuture.completedFuture(index) : readIndex();
    }

    private boolean isMajorityWith(String voter) {
        Set<String> both = Set.of(raft.self(), voter);
        return raft.voters().stream().allMatch(group -> isMajority(group, both));
    }

    private static boolean isMajority(Set<String> group, Set<String> confirmed) {
        return group.stream().filter(confirmed::contains).count() > group.size() / 2;
    }

    private CompletableFuture<Long> round() {
        // In this order: the index must be read while leading in the term that is confirmed.
        long term = raft.term();
        boolean leads = raft.leaderReady();
        long index = raft.committedIndex();
        if (!leads || raft.term() != term) {
            return CompletableFuture.failedFuture(notConfirmed("is not its leader, or not yet"));
        }
        Confirmation confirmation = new Confirmation(term, index, raft.voters());
        confirmation.begin();
        return confirmation.outcome;
    }

    private PeerException notConfirmed(String why) {
        return new PeerException("member " + raft.self() + " cannot vouch for the log: it " + why, false, null);
    }

    /** One round. */
    private final class Confirmation {

        private final long term;
        private final long index;
        private final List<Set<String>> voters;
        private final Set<String> confirmed = new HashSet<>();
        private final Set<String> asked = new HashSet<>();
        private final List<String> doubts = new ArrayList<>();
        private final CompletableFuture<Long> outcome = new CompletableFuture<>();
        private int answers;

        Confirmation(long term, long index, List<Set<String>> voters) {
            this.term = term;
            this.index = index;
            this.voters = voters;
            voters.forEach(asked::addAll);
            if (asked.remove(raft.self())) {
                confirmed.add(raft.self());
            }
        }

        void begin() {
            finishIfDecided();
            for (String voter : asked) {
                Callbacks.onEnd(
                        peers.call(voter, PeerMethod.TERM, PeerMessages.EMPTY, ANSWER_TIMEOUT),
                        (answer, error) -> answered(voter, answer == null ? String.valueOf(error) : doubt(answer)));
            }
        }

        /** Why an answer confirms nothing; null if it does. */
        private @Nullable String doubt(byte[] answer) {
            try {
                long other = PeerMessages.number(answer);
                return other == term ? null : "one is in term " + other;
            } catch (PeerException e) {
                // An answer that says nothing confirms nothing.
                return String.valueOf(e.getMessage());
            }
        }

        private synchronized void answered(String voter, @Nullable String doubt) {
            answers++;
            if (doubt == null) {
                confirmed.add(voter);
            } else {
                doubts.add(doubt);
            }
            finishIfDecided();
        }

        private synchronized void finishIfDecided() {
            if (outcome.isDone()) {
                return;
            }
            if (voters.stream().allMatch(group -> isMajority(group, confirmed))) {
                if (raft.leaderReady() && raft.term() == term) {
                    outcome.complete(index);
                } else {
                    outcome.completeExceptionally(notConfirmed("lost its leadership"));
                }
            } else if (answers == asked.size()) {
                outcome.completeExceptionally(
                        notConfirmed("was confirmed by " + confirmed + " alone, since " + doubts));
            }
        }
    }
}
