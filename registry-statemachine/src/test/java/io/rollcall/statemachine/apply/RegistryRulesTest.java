package io.rollcall.statemachine.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Member;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.DeregisterMany.Target;
import io.rollcall.statemachine.command.Command.RegisterMode;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.BatchRegistered;
import io.rollcall.statemachine.command.CommandResult.Deregistered;
import io.rollcall.statemachine.command.CommandResult.DeregisteredMany;
import io.rollcall.statemachine.command.CommandResult.OperatorWordSet;
import io.rollcall.statemachine.command.CommandResult.Refused;
import io.rollcall.statemachine.command.CommandResult.Refused.Reason;
import io.rollcall.statemachine.command.CommandResult.Registered;
import io.rollcall.statemachine.command.Precondition;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryRulesTest {

    private final FakeState state = new FakeState();

    private static Reason reasonOf(CommandResult result) {
        return ((Refused) result).reason();
    }

    @Test
    void firstRegistrationCreates() {
        Registered result = (Registered) state.apply(Commands.upsert("a", 80));

        assertThat(result.created()).isTrue();
        assertThat(result.instance().incarnation()).isEqualTo(1);
        assertThat(result.instance().createIndex()).isEqualTo(1);
        assertThat(result.instance().modifyIndex()).isEqualTo(1);
        assertThat(result.instance().status()).isEqualTo(InstanceStatus.PASSING);
        assertThat(result.instance().healthySince()).isNotNull();
    }

    @Test
    void aCheckedInstanceStartsUnproven() {
        Registered result = (Registered) state.apply(Commands.register(Commands.checked("a"), RegisterMode.UPSERT));

        assertThat(result.instance().status()).isEqualTo(InstanceStatus.STARTING);
        assertThat(result.instance().healthySince()).isNull();
    }

    @Test
    void replacingRaisesTheIncarnationAndKeepsTheCreateIndex() {
        state.apply(Commands.upsert("a", 80));
        state.nowMillis = 5_000;

        Registered result = (Registered) state.apply(Commands.upsert("a", 80));

        assertThat(result.created()).isFalse();
        assertThat(result.instance().incarnation()).isEqualTo(2);
        assertThat(result.instance().createIndex()).isEqualTo(1);
        assertThat(result.instance().registrationTime().toEpochMilli()).isEqualTo(5_000);
    }

    @Test
    void createIsRefusedWhereSomethingIsRegistered() {
        state.apply(Commands.upsert("a", 80));

        CommandResult result = state.apply(Commands.register(Commands.at("a", 80), RegisterMode.CREATE));

        assertThat(reasonOf(result)).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(((Refused) result).present().key()).isEqualTo(Commands.key("a"));
        assertThat(state.instances.get(Commands.key("a")).incarnation()).isEqualTo(1);
    }

    @Test
    void anotherAddressNeedsATakeover() {
        state.apply(Commands.upsert("a", 80));

        CommandResult refused = state.apply(Commands.upsert("a", 81));
        CommandResult taken = state.apply(Commands.register(Commands.at("a", 81), RegisterMode.TAKE_OVER));

        assertThat(reasonOf(refused)).isEqualTo(Reason.ADDRESS_CONFLICT);
        assertThat(((Registered) taken).created()).isFalse();
        assertThat(state.instances.get(Commands.key("a")).registration().port()).isEqualTo(81);
    }

    @Test
    void preconditionsAreHeld() {
        assertThat(reasonOf(
                        state.apply(Commands.register(Commands.at("a", 80), RegisterMode.UPSERT, Precondition.EXISTS))))
                .isEqualTo(Reason.PRECONDITION_FAILED);
        long modified = state.apply(Commands.upsert("a", 80)).index();

        assertThat(state.apply(Commands.register(
                        Commands.at("a", 80), RegisterMode.UPSERT, Precondition.modifyIndex(modified))))
                .isInstanceOf(Registered.class);
        assertThat(reasonOf(state.apply(Commands.register(
                        Commands.at("a", 80), RegisterMode.UPSERT, Precondition.modifyIndex(modified)))))
                .isEqualTo(Reason.PRECONDITION_FAILED);
        assertThat(reasonOf(
                        state.apply(Commands.register(Commands.at("a", 80), RegisterMode.UPSERT, Precondition.ABSENT))))
                .isEqualTo(Reason.PRECONDITION_FAILED);
    }

    @Test
    void deregistrationIsFencedByTheIncarnation() {
        state.apply(Commands.upsert("a", 80));
        state.apply(Commands.upsert("a", 80));

        CommandResult stale = state.apply(Commands.deregister("a", 1L));
        CommandResult done = state.apply(Commands.deregister("a", 2L));

        assertThat(reasonOf(stale)).isEqualTo(Reason.STALE_INCARNATION);
        assertThat(((Refused) stale).currentIncarnation()).isEqualTo(2);
        assertThat(((Deregistered) done).incarnation()).isEqualTo(2);
        assertThat(state.instances).isEmpty();
    }

    @Test
    void aTombstoneTellsStaleFromUnknown() {
        state.apply(Commands.upsert("a", 80));
        state.apply(Commands.upsert("a", 80));
        state.apply(Commands.deregister("a", null));

        assertThat(reasonOf(state.apply(Commands.deregister("a", 1L)))).isEqualTo(Reason.STALE_INCARNATION);
        assertThat(reasonOf(state.apply(Commands.deregister("a", null)))).isEqualTo(Reason.NOT_FOUND);
        assertThat(reasonOf(state.apply(Commands.deregister("b", 1L)))).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void theIncarnationRisesOverADeregistration() {
        state.apply(Commands.upsert("a", 80));
        state.apply(Commands.deregister("a", null));

        Registered again = (Registered) state.apply(Commands.upsert("a", 99));

        assertThat(again.created()).isTrue();
        assertThat(again.instance().incarnation()).isEqualTo(3);
        assertThat(state.tombstones).isEmpty();
    }

    @Test
    void theServiceRemembersItsIndexAfterItsLastInstance() {
        state.apply(Commands.upsert("a", 80));
        state.apply(Commands.deregister("a", null));

        assertThat(state.services.get(Commands.key("a").service()).lastIndexes())
                .containsEntry(InstanceStatus.PASSING, 2L);
    }

    @Test
    void anAtomicBatchWithARefusalChangesNothing() {
        state.apply(Commands.upsert("b", 80));

        Effect effect = state.evaluate(Commands.batch(true, Commands.at("a", 80), Commands.at("b", 81)));

        BatchRegistered result = (BatchRegistered) effect.result();
        assertThat(result.applied()).isFalse();
        assertThat(result.items().get(0)).isInstanceOf(Registered.class);
        assertThat(reasonOf(result.items().get(1))).isEqualTo(Reason.ADDRESS_CONFLICT);
        assertThat(effect.mutations()).isEmpty();
        assertThat(effect.changes()).isEmpty();
    }

    @Test
    void aBatchGivesEachItemItsOwnIndex() {
        state.apply(Commands.upsert("b", 80));

        BatchRegistered result = (BatchRegistered)
                state.apply(Commands.batch(false, Commands.at("a", 80), Commands.at("b", 81), Commands.at("c", 80)));

        assertThat(result.index()).isEqualTo(4);
        assertThat(state.index).isEqualTo(4);
        assertThat(state.instances.get(Commands.key("a")).modifyIndex()).isEqualTo(2);
        assertThat(state.instances.get(Commands.key("b")).modifyIndex()).isEqualTo(1);
        assertThat(state.instances.get(Commands.key("c")).modifyIndex()).isEqualTo(4);
        assertThat(state.services.get(Commands.key("a").service()).lastIndexes())
                .containsEntry(InstanceStatus.PASSING, 4L);
    }

    @Test
    void deregisteringManyLeavesAloneWhatChangedSince() {
        long a = state.apply(Commands.upsert("a", 80)).index();
        long b = state.apply(Commands.upsert("b", 80)).index();
        state.apply(Commands.upsert("b", 80));

        DeregisteredMany result = (DeregisteredMany) state.apply(new Command.DeregisterMany(
                Commands.header(), List.of(new Target(Commands.key("a"), a), new Target(Commands.key("b"), b))));

        assertThat(result.removed()).isEqualTo(1);
        assertThat(state.instances).containsOnlyKeys(Commands.key("b"));
        assertThat(state.tombstones).containsOnlyKeys(Commands.key("a"));
    }

    @Test
    void theOperatorsWordSurvivesARegistrationAndEndsOnRequest() {
        state.apply(Commands.upsert("a", 80));
        state.nowMillis = 2_000;
        OperatorWordSet set = (OperatorWordSet) state.apply(Commands.maintenance("a"));
        Registered again = (Registered) state.apply(Commands.upsert("a", 80));
        state.nowMillis = 3_000;
        OperatorWordSet back = (OperatorWordSet) state.apply(Commands.takeWordBack("a"));

        assertThat(set.instance().status()).isEqualTo(InstanceStatus.MAINTENANCE);
        assertThat(set.instance().statusReason()).isEqualTo("disk swap");
        assertThat(set.instance().healthySince()).isNull();
        assertThat(again.instance().status()).isEqualTo(InstanceStatus.MAINTENANCE);
        assertThat(back.instance().status()).isEqualTo(InstanceStatus.PASSING);
        assertThat(back.instance().healthySince().toEpochMilli()).isEqualTo(3_000);
        assertThat(back.instance().incarnation()).isEqualTo(again.instance().incarnation());
    }

    @Test
    void anUnknownInstanceTakesNoWord() {
        assertThat(reasonOf(state.apply(Commands.maintenance("a")))).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void theFirstNameOfTheClusterStays() {
        state.apply(new Command.FoundCluster(Commands.header(), "first"));
        state.apply(new Command.FoundCluster(Commands.header(), "second"));

        assertThat(state.cluster.clusterId()).isEqualTo("first");
    }

    @Test
    void theFeatureLevelRisesWhenEveryMemberCanReadIt() {
        state.apply(new Command.AnnounceMember(Commands.header(), new Member("n1", "127.0.0.1:1", 2)));
        state.apply(new Command.AnnounceMember(Commands.header(), new Member("n2", "127.0.0.1:2", 1)));

        CommandResult early = state.apply(new Command.RaiseFeatureLevel(Commands.header(), 2));
        state.apply(new Command.AnnounceMember(Commands.header(), new Member("n2", "127.0.0.1:2", 2)));
        state.apply(new Command.RaiseFeatureLevel(Commands.header(), 2));

        assertThat(reasonOf(early)).isEqualTo(Reason.FEATURE_LEVEL_UNSUPPORTED);
        assertThat(state.cluster.featureLevel()).isEqualTo(2);
        assertThat(state.cluster.members()).hasSize(2);
    }

    @Test
    void equalInputsMakeEqualEffects() {
        state.apply(Commands.upsert("a", 80));
        Command command = Commands.batch(false, Commands.at("a", 81), Commands.at("b", 80));

        assertThat(state.evaluate(command)).isEqualTo(state.evaluate(command));
    }
}
