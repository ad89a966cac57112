package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Member;
import io.rollcall.server.app.CommandBus;
import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.server.app.SubmitOutcome.Committed;
import io.rollcall.server.app.SubmitOutcome.NotSubmitted;
import io.rollcall.server.view.CatalogView;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.RegistryChange.ClusterChanged;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.Acknowledged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AnnouncementsTest {

    private static final Member SELF = new Member("n1", "127.0.0.1:8500", 1);
    private static final Member UPGRADED = new Member("n1", "127.0.0.1:8500", 2);

    /** Takes commands and leaves them open. */
    private static final class RecordingBus implements CommandBus {

        private final List<Command> commands = new ArrayList<>();
        private final List<CompletableFuture<SubmitOutcome>> outcomes = new ArrayList<>();

        @Override
        public CompletableFuture<SubmitOutcome> submit(Command command, Duration deadline) {
            commands.add(command);
            outcomes.add(new CompletableFuture<>());
            return outcomes.get(outcomes.size() - 1);
        }

        @Override
        public CommandResult preview(Command command) {
            return new Acknowledged(1);
        }

        private void end(SubmitOutcome outcome) {
            outcomes.get(outcomes.size() - 1).complete(outcome);
        }
    }

    private final FakeRaft raft = new FakeRaft();
    private final ClusterTap cluster = new ClusterTap(new CatalogView());
    private final RecordingBus bus = new RecordingBus();
    private final Announcements announcements = new Announcements(SELF, raft, cluster, bus);

    private void clusterIs(String clusterId, Member... members) {
        cluster.changed(new ChangeBatch(1, 1, 1, List.of(new ClusterChanged(1, clusterId, 1, List.of(members)))));
    }

    @Test
    void theFirstLeaderFoundsTheCluster() {
        announcements.tick();

        assertThat(bus.commands).singleElement().isInstanceOf(Command.FoundCluster.class);
    }

    @Test
    void aFollowerLeavesThatToTheLeader() {
        raft.leader = "n2";

        announcements.tick();

        assertThat(bus.commands).singleElement().isInstanceOf(Command.AnnounceMember.class);
    }

    @Test
    void eachStartIsAnnouncedOnceEvenIfTheClusterKnowsTheMember() {
        clusterIs("c", SELF);

        announcements.tick();
        bus.end(new Committed(new Acknowledged(2)));
        announcements.tick();

        assertThat(bus.commands).singleElement().isInstanceOf(Command.AnnounceMember.class);
    }

    @Test
    void whatIsToBeSaidNextIsSaidAtOnce() {
        announcements.tick();
        clusterIs("c", SELF);

        bus.end(new Committed(new Acknowledged(1)));

        assertThat(bus.commands).hasSize(2).last().isInstanceOf(Command.AnnounceMember.class);
    }

    @Test
    void whatIsNotHeardIsSaidAgain() {
        clusterIs("c", SELF);

        announcements.tick();
        announcements.tick();
        assertThat(bus.commands).hasSize(1);
        bus.end(new NotSubmitted(NotSubmitted.Cause.NO_LEADER, "no leader"));
        announcements.tick();

        assertThat(bus.commands).hasSize(2);
    }

    @Test
    void withoutALeaderNothingIsSaid() {
        raft.leader = null;

        announcements.tick();

        assertThat(bus.commands).isEmpty();
    }

    @Test
    void theFeatureLevelStaysWhileAVoterHasNotSaidItsOwn() {
        clusterIs("c", SELF);
        announcements.tick();
        bus.end(new Committed(new Acknowledged(2)));

        announcements.tick();

        assertThat(bus.commands).noneMatch(Command.RaiseFeatureLevel.class::isInstance);
    }

    @Test
    void theLeaderRaisesTheFeatureLevelOnceEveryVoterHasSaidIt() {
        Announcements upgraded = new Announcements(UPGRADED, raft, cluster, bus);
        clusterIs("c", UPGRADED, new Member("n2", "127.0.0.1:8501", 2), new Member("n3", "127.0.0.1:8502", 2));
        upgraded.tick();
        bus.end(new Committed(new Acknowledged(2)));

        upgraded.tick();

        assertThat(bus.commands)
                .last()
                .isInstanceOfSatisfying(
                        Command.RaiseFeatureLevel.class,
                        raise -> assertThat(raise.level()).isEqualTo(2));
    }

    @Test
    void theFeatureLevelStaysWhileAVoterIsOlder() {
        Announcements upgraded = new Announcements(UPGRADED, raft, cluster, bus);
        clusterIs("c", UPGRADED, new Member("n2", "127.0.0.1:8501", 2), new Member("n3", "127.0.0.1:8502", 1));
        upgraded.tick();
        bus.end(new Committed(new Acknowledged(2)));

        upgraded.tick();

        assertThat(bus.commands).noneMatch(Command.RaiseFeatureLevel.class::isInstance);
    }
}
