package io.rollcall.server.raft;

import io.rollcall.server.app.LeaderRole;
import io.rollcall.server.app.PeerAnswers;
import io.rollcall.server.app.PeerQuestion;
import io.rollcall.server.raft.PeerMessages.Forwarded;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers what the other members ask. */
final class PeerEndpoint {

    private final LocalDivision raft;
    private final ProposalRoute proposer;
    private final LeadershipCheck leadership;
    private final VotingRight right;
    private final LeaderRole role;
    private final PeerAnswers answers;

    PeerEndpoint(
            LocalDivision raft,
            ProposalRoute proposer,
            LeadershipCheck leadership,
            VotingRight right,
            LeaderRole role,
            PeerAnswers answers) {
        this.raft = raft;
        this.proposer = proposer;
        this.leadership = leadership;
        this.right = right;
        this.role = role;
        this.answers = answers;
    }

    CompletableFuture<byte[]> answer(PeerMethod method, byte[] request) {
        return switch (method) {
            case FORWARD -> forward(request);
            case READ_INDEX -> readIndex(request);
            case TERM -> term();
            case STATUS -> status();
            case HEARTBEAT -> heartbeat(request);
            case EXPIRY -> expiry(request);
            case FOLLOWERS -> answers.answer(PeerQuestion.FOLLOWERS, request);
            case ACKNOWLEDGE -> answers.answer(PeerQuestion.ACKNOWLEDGE, request);
            case CANARY -> answers.answer(PeerQuestion.CANARY, request);
            case CANARY_FIGURES -> answers.answer(PeerQuestion.CANARY_FIGURES, request);
            case MASTER_KEY -> answers.answer(PeerQuestion.MASTER_KEY, request);
        };
    }

    private CompletableFuture<byte[]> readIndex(byte[] request) {
        try {
            return leadership.readIndex(PeerMessages.Vouching.of(request)).thenApply(PeerMessages::number);
        } catch (PeerException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A term is good for vouching for a leader only if no vote was forgotten. */
    private CompletableFuture<byte[]> term() {
        return right.isHeld()
                ? CompletableFuture.completedFuture(PeerMessages.number(raft.term()))
                : CompletableFuture.failedFuture(
                        new PeerException("vouches for nobody before it has caught up", false, null));
    }

    private CompletableFuture<byte[]> status() {
        if (!raft.isStarted()) {
            return CompletableFuture.failedFuture(new PeerException("has not started yet", false, null));
        }
        var status = new PeerMessages.Status(
                raft.role(), raft.term(), raft.appliedIndex(), raft.committedIndex(), raft.lastIndex());
        return CompletableFuture.completedFuture(status.toBytes());
    }

    private CompletableFuture<byte[]> heartbeat(byte[] request) {
        try {
            BeatMessages.Asked asked = BeatMessages.asked(request);
            return role.renew(asked.beats(), () -> leadership.readIndex(asked.vouching()))
                    .thenApply(BeatMessages::results);
        } catch (PeerException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<byte[]> expiry(byte[] request) {
        byte[] report = role.expiry(request.length > 0 && request[0] == 1);
        return report != null
                ? CompletableFuture.completedFuture(report)
                : CompletableFuture.failedFuture(new PeerException("does not lead", false, null));
    }

    private CompletableFuture<byte[]> forward(byte[] request) {
        try {
            return new ForwardedBatch(PeerMessages.commands(request)).propose();
        } catch (PeerException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Commands of one request; the answer is a code for each. */
    private final class ForwardedBatch {

        private final List<Forwarded> commands;
        private final byte[] codes;
        private final AtomicInteger open;
        private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

        ForwardedBatch(List<Forwarded> commands) {
            this.commands = commands;
            this.codes = new byte[commands.size()];
            this.open = new AtomicInteger(commands.size());
        }

        CompletableFuture<byte[]> propose() {
            for (int i = 0; i < commands.size(); i++) {
                proposer.propose(new Item(commands.get(i), i));
            }
            return answer;
        }

        private void settled(int i, Disposition disposition) {
            codes[i] = disposition.code();
            // The counter also makes the codes visible to whoever ends the batch.
            if (open.decrementAndGet() == 0) {
                answer.complete(codes);
            }
        }

        private final class Item implements Proposal {

            private final Forwarded command;
            private final int position;

            Item(Forwarded command, int position) {
                this.command = command;
                this.position = position;
            }

            @Override
            public byte[] encoded() {
                return command.encoded();
            }

            @Override
            public int featureLevel() {
                return command.featureLevel();
            }

            @Override
            public void settled(Disposition disposition) {
                ForwardedBatch.this.settled(position, disposition);
            }
        }
    }
}
