package io.rollcall.statemachine.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.InstanceStatus;
import io.rollcall.statemachine.change.RegistryChange.LeaseMarked;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.Acknowledged;
import io.rollcall.statemachine.command.LeaseAge;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.LeaseRecord;
import org.junit.jupiter.api.Test;

class LeaseMarksTest {

    private final FakeState state = new FakeState();

    private InstanceRecord present() {
        return state.instances.get(Commands.key("a"));
    }

    private long register() {
        return state.apply(Commands.upsert("a", 80)).index();
    }

    @Test
    void aLeaseIsNotedWithoutAChangeOfItsInstance() {
        long incarnation = register();
        InstanceRecord before = present();
        Command checkpoint = Commands.checkpoint(
                1,
                new LeaseAge(Commands.key("gone"), incarnation, 500, 40_000),
                new LeaseAge(Commands.key("a"), incarnation - 1, 500, 40_000),
                new LeaseAge(Commands.key("a"), incarnation, 500, 45_000));

        Effect effect = state.evaluate(checkpoint);
        CommandResult result = state.apply(checkpoint);

        assertThat(result).isEqualTo(new Acknowledged(4));
        assertThat(effect.changes()).containsExactly(new LeaseMarked(4, Commands.key("a"), 500, 45_000));
        assertThat(state.leases.values()).containsExactly(new LeaseRecord(Commands.key("a"), incarnation, 500, 45_000));
        assertThat(present()).isEqualTo(before);
        assertThat(state.services.get(Commands.key("a").service()).lastIndexes())
                .containsEntry(InstanceStatus.PASSING, incarnation);
    }

    @Test
    void aCheckpointOfAnotherTermIsIgnored() {
        long incarnation = register();

        Effect effect =
                state.evaluate(Commands.checkpoint(2, new LeaseAge(Commands.key("a"), incarnation, 500, 40_000)));

        assertThat(effect).isEqualTo(Effect.only(new Acknowledged(2)));
    }

    @Test
    void aDeregistrationTakesTheMarkOfTheLeaseWithIt() {
        long incarnation = register();
        state.apply(Commands.checkpoint(1, new LeaseAge(Commands.key("a"), incarnation, 500, 40_000)));

        state.apply(Commands.deregister("a", null));

        assertThat(state.leases).isEmpty();
    }

    @Test
    void theLastMarkStays() {
        long incarnation = register();
        state.apply(Commands.checkpoint(1, new LeaseAge(Commands.key("a"), incarnation, 500, 40_000)));
        state.apply(Commands.checkpoint(1, new LeaseAge(Commands.key("a"), incarnation, 900, 0)));

        assertThat(state.leases.values()).containsExactly(new LeaseRecord(Commands.key("a"), incarnation, 900, 0));
    }

    @Test
    void aNewIncarnationHasNoMark() {
        long incarnation = register();
        state.apply(Commands.checkpoint(1, new LeaseAge(Commands.key("a"), incarnation, 500, 40_000)));

        register();

        assertThat(state.leases).isEmpty();
    }
}
