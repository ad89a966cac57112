package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.server.app.SubmitOutcome.Committed;
import io.rollcall.server.app.SubmitOutcome.NotSubmitted;
import io.rollcall.server.app.SubmitOutcome.Unknown;
import io.rollcall.statemachine.command.Authority;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.Acknowledged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class CommandRouterTest {

    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final CommandResult RESULT = new Acknowledged(42);

    private final FakeRaft raft = new FakeRaft();
    private final List<Proposal> local = new ArrayList<>();
    private final List<Proposal> remote = new ArrayList<>();
    private final CommandRouter router =
            new CommandRouter(raft, local::add, remote::add, command -> RESULT, Runnable::run);

    private static Command command(String requestId) {
        return command(requestId, "");
    }

    private static Command command(String requestId, String fingerprint) {
        return new Command.RaiseFeatureLevel(new CommandHeader(requestId, fingerprint, null, null, Authority.NONE), 1);
    }

    private CompletableFuture<SubmitOutcome> submit(String requestId) {
        return router.submit(command(requestId), DEADLINE);
    }

    private void apply(Command command) {
        router.applied(command.header(), RESULT);
        router.entryApplied();
    }

    private void tickAfter(Duration time) {
        router.tick(System.nanoTime() + time.toNanos());
    }

    @Test
    void aCommandEndsWhenItIsAppliedHere() {
        CompletableFuture<SubmitOutcome> outcome = submit("a");
        local.get(0).settled(Disposition.COMMITTED);
        assertThat(outcome).isNotDone();

        router.applied(command("a").header(), RESULT);
        assertThat(outcome).isNotDone();
        router.entryApplied();

        assertThat(outcome).isCompletedWithValue(new Committed(RESULT));
    }

    @Test
    void aFollowerForwards() {
        raft.leader = "n2";

        assertThat(submit("a")).isNotDone();

        assertThat(local).isEmpty();
        assertThat(remote).hasSize(1);
    }

    @Test
    void whatFailsIsTriedAgainWhereverTheLeaderIsThen() {
        assertThat(submit("a")).isNotDone();
        raft.leader = "n2";

        local.get(0).settled(Disposition.NOT_LEADER);
        router.tick(System.nanoTime());
        assertThat(remote).isEmpty();
        tickAfter(Duration.ofMillis(60));

        assertThat(remote).containsExactly(local.get(0));
    }

    @Test
    void aNewLeaderIsTriedAtOnce() {
        raft.leader = null;
        assertThat(submit("a")).isNotDone();
        raft.leader = "n2";

        router.leaderChanged();

        assertThat(remote).hasSize(1);
    }

    @Test
    void withoutALeaderItIsCertainlyNotSubmitted() {
        raft.leader = null;
        CompletableFuture<SubmitOutcome> outcome = submit("a");

        tickAfter(DEADLINE.plusMillis(1));

        assertThat(outcome.join())
                .isInstanceOfSatisfying(
                        NotSubmitted.class,
                        refused -> assertThat(refused.cause()).isEqualTo(NotSubmitted.Cause.NO_LEADER));
    }

    @Test
    void anAttemptThatMayHaveBeenLoggedMakesItUnknown() {
        CompletableFuture<SubmitOutcome> outcome = submit("a");
        local.get(0).settled(Disposition.UNKNOWN);
        tickAfter(Duration.ofMillis(60));
        local.get(1).settled(Disposition.NOT_LEADER);

        tickAfter(DEADLINE.plusMillis(1));

        assertThat(outcome.join()).isInstanceOf(Unknown.class);
    }

    @Test
    void anAttemptWithoutAnyAnswerMakesItUnknown() {
        CompletableFuture<SubmitOutcome> outcome = submit("a");
        assertThat(local).hasSize(1);

        tickAfter(DEADLINE.plusMillis(1));

        assertThat(outcome.join()).isInstanceOf(Unknown.class);
    }

    @Test
    void anOverloadedLeaderRefusesAtOnce() {
        CompletableFuture<SubmitOutcome> outcome = submit("a");

        local.get(0).settled(Disposition.OVERLOADED);

        assertThat(outcome.join())
                .isInstanceOfSatisfying(
                        NotSubmitted.class,
                        refused -> assertThat(refused.cause()).isEqualTo(NotSubmitted.Cause.OVERLOADED));
    }

    @Test
    void overloadAfterAnUnknownAttemptIsNoRefusal() {
        CompletableFuture<SubmitOutcome> outcome = submit("a");
        local.get(0).settled(Disposition.UNKNOWN);
        tickAfter(Duration.ofMillis(60));

        local.get(1).settled(Disposition.OVERLOADED);

        assertThat(outcome).isNotDone();
        apply(command("a"));
        assertThat(outcome).isCompletedWithValue(new Committed(RESULT));
    }

    @Test
    void twoCallersOfOneRequestShareItsResult() {
        CompletableFuture<SubmitOutcome> first = submit("a");
        CompletableFuture<SubmitOutcome> second = submit("a");
        assertThat(local).hasSize(1);

        apply(command("a"));

        assertThat(first).isCompletedWithValue(new Committed(RESULT));
        assertThat(second).isCompletedWithValue(new Committed(RESULT));
    }

    @Test
    void oneRequestIdForTwoContentsAreTwoCommands() {
        CompletableFuture<SubmitOutcome> first = router.submit(command("a", "x"), DEADLINE);
        CompletableFuture<SubmitOutcome> second = router.submit(command("a", "y"), DEADLINE);
        assertThat(local).hasSize(2);

        apply(command("a", "y"));

        assertThat(first).isNotDone();
        assertThat(second).isCompletedWithValue(new Committed(RESULT));
    }

    @Test
    void callersOfOneRequestHaveTheirOwnDeadlines() {
        CompletableFuture<SubmitOutcome> hasty = router.submit(command("a"), Duration.ofMillis(100));
        CompletableFuture<SubmitOutcome> patient = submit("a");

        tickAfter(Duration.ofMillis(101));
        assertThat(hasty.join()).isInstanceOf(Unknown.class);
        apply(command("a"));

        assertThat(patient).isCompletedWithValue(new Committed(RESULT));
    }

    @Test
    void aSnapshotInPlaceOfEntriesMakesItAskAgain() {
        CompletableFuture<SubmitOutcome> outcome = submit("a");
        local.get(0).settled(Disposition.COMMITTED);

        router.stateReplaced();

        assertThat(local).hasSize(2);
        apply(command("a"));
        assertThat(outcome).isCompletedWithValue(new Committed(RESULT));
    }

    @Test
    void aResultThatNobodyWaitsForIsDropped() {
        apply(command("unknown"));

        assertThat(submit("a")).isNotDone();
    }

    @Test
    void aStopTellsWhoeverWaits() {
        raft.leader = null;
        CompletableFuture<SubmitOutcome> outcome = submit("a");

        router.stop();

        assertThat(outcome.join()).isInstanceOf(NotSubmitted.class);
    }
}
