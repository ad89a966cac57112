package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.statemachine.codec.CommandCodec;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandBatch;
import io.rollcall.statemachine.command.CommandHeader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ProposerTest {

    private static final InstantSource CLOCK = () -> Instant.ofEpochMilli(1_700_000_000_000L);

    private final List<byte[]> entries = new ArrayList<>();
    private final List<CompletableFuture<Disposition>> appended = new ArrayList<>();
    private final List<Disposition> settled = new ArrayList<>();
    private final Proposer proposer = new Proposer(this::append, () -> 1, CLOCK, Runnable::run);

    private CompletableFuture<Disposition> append(byte[] entry) {
        entries.add(entry);
        appended.add(new CompletableFuture<>());
        return appended.get(appended.size() - 1);
    }

    private Proposal proposal(String requestId, int featureLevel) {
        Command command = new Command.FoundCluster(CommandHeader.of(requestId), "c");
        byte[] encoded = CommandCodec.encode(command);
        return new Proposal() {
            @Override
            public byte[] encoded() {
                return encoded;
            }

            @Override
            public int featureLevel() {
                return featureLevel;
            }

            @Override
            public void settled(Disposition disposition) {
                settled.add(disposition);
            }
        };
    }

    @Test
    void anEntryHoldsTheCommandsInOrderAndTheProposersTime() {
        proposer.propose(proposal("a", 1));
        proposer.propose(proposal("b", 1));
        proposer.propose(proposal("c", 1));
        appended.get(0).complete(Disposition.COMMITTED);

        CommandBatch second = CommandCodec.decodeEntry(entries.get(1));

        assertThat(second.proposedAtMillis()).isEqualTo(CLOCK.millis());
        assertThat(second.commands())
                .extracting(command -> command.header().requestId())
                .containsExactly("b", "c");
    }

    @Test
    void whatBecomesOfAnEntryBecomesOfItsCommands() {
        proposer.propose(proposal("a", 1));
        proposer.propose(proposal("b", 1));
        appended.get(0).complete(Disposition.COMMITTED);
        appended.get(1).complete(Disposition.UNKNOWN);

        assertThat(settled).containsExactly(Disposition.COMMITTED, Disposition.UNKNOWN);
    }

    @Test
    void aCommandThatNotEveryMemberCanReadStaysOutOfTheLog() {
        proposer.propose(proposal("a", 2));

        assertThat(settled).containsExactly(Disposition.FEATURE_LEVEL);
        assertThat(entries).isEmpty();
    }
}
