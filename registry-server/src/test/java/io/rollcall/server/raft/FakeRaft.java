package io.rollcall.server.raft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** A Raft group as one member sees it, set by hand, with peers that answer as told. */
final class FakeRaft implements RaftView, PeerCalls {

    /** A question to a peer. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Asked(String peer, PeerMethod method, byte[] request, CompletableFuture<byte[]> answer) {}

    volatile String self = "n1";
    volatile String leader = "n1";
    volatile boolean ready = true;
    volatile long term = 3;
    volatile long committed = 10;
    volatile long applied = 10;
    volatile long last = 10;
    volatile List<Set<String>> voters = List.of(Set.of("n1", "n2", "n3"));

    /** Answers at once; null leaves the question open. */
    volatile BiFunction<String, PeerMethod, byte[]> answers = (peer, method) -> null;

    final List<Asked> asked = new ArrayList<>();

    @Override
    public String self() {
        return self;
    }

    @Override
    public String leader() {
        return leader;
    }

    @Override
    public boolean leaderReady() {
        return ready && self.equals(leader);
    }

    @Override
    public long term() {
        return term;
    }

    @Override
    public long committedIndex() {
        return committed;
    }

    @Override
    public long appliedIndex() {
        return applied;
    }

    @Override
    public long lastIndex() {
        return last;
    }

    @Override
    public List<Set<String>> voters() {
        return voters;
    }

    @Override
    public synchronized CompletableFuture<byte[]> call(
            String peer, PeerMethod method, byte[] request, Duration timeout) {
        Asked question = new Asked(peer, method, request, new CompletableFuture<>());
        asked.add(question);
        byte[] answer = answers.apply(peer, method);
        if (answer != null) {
            question.answer.complete(answer);
        }
        return question.answer;
    }

    synchronized Asked asked(int i) {
        return asked.get(i);
    }

    /** All peers are in a term. */
    void peersAreInTerm(long peerTerm) {
        answers = (peer, method) -> PeerMessages.number(peerTerm);
    }
}
