package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class OwnLogTest {

    private final FakeRaft raft = new FakeRaft();
    private final List<Proposal> proposed = new ArrayList<>();
    private final OwnLog log =
            new OwnLog(new LeadershipCheck(raft, raft), proposed::add, new IndexGate(Runnable::run), Runnable::run);

    private static Command verdict(String requestId) {
        return new Command.Judge(CommandHeader.of(requestId), 3, List.of());
    }

    @Test
    void tellsTheResultOfItsApplication() {
        Command command = verdict("one");
        CommandResult result = new CommandResult.Judged(7, List.of());

        CompletableFuture<CommandResult> future = log.append(command);
        log.applied(command.header(), result);
        assertThat(future).isNotDone();
        proposed.get(0).settled(Disposition.COMMITTED);

        assertThat(future).isCompletedWithValue(result);
    }

    @Test
    void triesNothingTwice() {
        for (Disposition disposition : Disposition.values()) {
            if (disposition != Disposition.COMMITTED) {
                CompletableFuture<CommandResult> future = log.append(verdict(disposition.name()));
                proposed.get(proposed.size() - 1).settled(disposition);

                assertThat(future).isCompletedExceptionally();
            }
        }

        assertThat(proposed).hasSize(Disposition.values().length - 1);
    }

    @Test
    void confirmsOnlyWhileAMajorityIsInItsTerm() {
        raft.peersAreInTerm(3);
        assertThat(log.confirm()).isCompletedWithValue(10L);

        raft.peersAreInTerm(4);
        assertThat(log.confirm()).isCompletedExceptionally();
    }
}
