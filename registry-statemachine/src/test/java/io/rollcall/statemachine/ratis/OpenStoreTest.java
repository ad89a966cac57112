package io.rollcall.statemachine.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.statemachine.apply.CommandApplier;
import io.rollcall.statemachine.apply.DigestLog;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.StateReset;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandBatch;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.history.Past;
import io.rollcall.statemachine.history.PastUnavailableException;
import io.rollcall.statemachine.store.InMemoryRegistryStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenStoreTest {

    private final OpenStore open = new OpenStore();

    private static InMemoryRegistryStore storeOf(String... services) {
        InMemoryRegistryStore store = new InMemoryRegistryStore();
        CommandApplier applier = new CommandApplier(store, new Deaf(), new DigestLog());
        List<Command> commands = new ArrayList<>();
        for (String service : services) {
            commands.add(new Command.RegisterInstance(
                    CommandHeader.of("r-" + service),
                    Registration.builder(InstanceKey.of("default", service, "a"))
                            .address("10.0.0.1", 80)
                            .build(),
                    Command.RegisterMode.UPSERT,
                    Precondition.NONE));
        }
        applier.apply(1, 1, new CommandBatch(1_000, commands));
        return store;
    }

    private static final class Deaf implements ChangeSink {

        @Override
        public void changed(ChangeBatch batch) {}

        @Override
        public void reset(StateReset state) {}
    }

    @Test
    void readsOfAStoreThatIsReplacedGiveUp() {
        InMemoryRegistryStore store = storeOf("a", "b", "c");
        List<String> seen = new ArrayList<>();
        open.set(store);

        assertThatThrownBy(() -> open.read(past -> {
                    past.forEachService(
                            InstanceKey.of("default", "a", "a").service().namespace(), 3, service -> {
                                seen.add(service.key().name().value());
                                // A snapshot is installed.
                                open.set(storeOf("d"));
                            });
                    return "all of them";
                }))
                .isInstanceOf(PastUnavailableException.class);
        assertThat(seen).containsExactly("a");
    }

    @Test
    void nextReadIsOfTheStoreThatIsOpenThen() {
        assertThatThrownBy(() -> open.read(Past::appliedIndex)).isInstanceOf(PastUnavailableException.class);

        open.set(storeOf("a", "b"));

        assertThat(open.<Long>read(Past::appliedIndex)).isEqualTo(2);
    }
}
