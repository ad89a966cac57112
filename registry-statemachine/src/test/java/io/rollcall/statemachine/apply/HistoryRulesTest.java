package io.rollcall.statemachine.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Operation;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.statemachine.command.Authority;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.RegisterMode;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult.HistoryTrimmed;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.command.Verdict;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rules write into the history, and what they take out of it. */
class HistoryRulesTest {

    private static final InstanceKey A = Commands.key("a");

    private final FakeState state = new FakeState();

    @Test
    void aRegistrationIsToldWithWhoAskedAndNothingBefore() {
        CommandHeader header = new CommandHeader("q", "", "00-trace-span-01", "deployer", Authority.NONE);
        state.apply(new Command.RegisterInstance(header, Commands.at("a", 80), RegisterMode.CREATE, Precondition.NONE));

        assertThat(state.events)
                .containsExactly(
                        new EventRecord(A, 1, 1_000, Operation.REGISTERED, "deployer", "00-trace-span-01", null));
    }

    @Test
    void everyKindOfChangeHasItsNameAndWhatWasBefore() {
        state.apply(Commands.register(Commands.checked("a"), RegisterMode.UPSERT));
        InstanceRecord first = state.instance(A);
        state.apply(Commands.register(Commands.checked("a"), RegisterMode.UPSERT));
        InstanceRecord second = state.instance(A);
        state.apply(Commands.maintenance("a"));
        InstanceRecord third = state.instance(A);
        state.apply(Commands.takeWordBack("a"));
        state.apply(Commands.deregister("a", null));

        assertThat(operations())
                .containsExactly(
                        Operation.REGISTERED,
                        Operation.REPLACED,
                        Operation.OPERATOR_WORD_SET,
                        Operation.OPERATOR_WORD_CLEARED,
                        Operation.DEREGISTERED);
        assertThat(state.events).extracting(EventRecord::before).startsWith(null, first, second, third);
        assertThat(state.events).extracting(EventRecord::index).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void verdictsAreToldAsTheLeaders() {
        state.apply(Commands.register(Commands.checked("a"), RegisterMode.UPSERT));
        CommandHeader header = new CommandHeader("v", "", null, "leader:n1", Authority.NONE);
        state.apply(new Command.Judge(
                header,
                1,
                List.of(
                        new Verdict.Suspected(A, 1, true),
                        new Verdict.Suspected(A, 1, false),
                        new Verdict.LeaseLapsed(A, 1, 30_001),
                        new Verdict.LeaseLapsed(A, 1, 30_002),
                        new Verdict.LeaseRevived(A, 1),
                        new Verdict.CheckTurned(A, 1, CheckState.CRITICAL, "refused"),
                        new Verdict.Overdue(A, 1, 7))));

        assertThat(operations())
                .as("a verdict that is not true any more leaves no trace")
                .containsExactly(
                        Operation.REGISTERED,
                        Operation.SUSPECTED,
                        Operation.SUSPICION_ENDED,
                        Operation.LEASE_LAPSED,
                        Operation.LEASE_REVIVED,
                        Operation.CHECK_TURNED,
                        Operation.EXPIRED);
        assertThat(state.events).extracting(EventRecord::index).containsExactly(1L, 2L, 3L, 4L, 6L, 7L, 8L);
        assertThat(state.events.subList(1, 7)).extracting(EventRecord::actor).containsOnly("leader:n1");
    }

    @Test
    void itemsOfABatchAreToldOneByOne() {
        state.apply(Commands.batch(false, Commands.at("a", 80), Commands.at("b", 80)));
        state.apply(new Command.DeregisterMany(
                Commands.header(),
                List.of(
                        new Command.DeregisterMany.Target(A, 1),
                        new Command.DeregisterMany.Target(Commands.key("b"), 99))));

        assertThat(operations()).containsExactly(Operation.REGISTERED, Operation.REGISTERED, Operation.DEREGISTERED);
        assertThat(state.events).extracting(EventRecord::index).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatIsRefusedLeavesNoTrace() {
        state.apply(Commands.upsert("a", 80));
        state.apply(Commands.register(Commands.at("a", 81), RegisterMode.CREATE));
        state.apply(Commands.batch(true, Commands.at("b", 80), Commands.at("a", 81)));
        state.apply(new Command.SetOperatorWord(
                Commands.header(), Commands.key("x"), new OperatorWord(InstanceStatus.DRAINING, "")));

        assertThat(operations()).containsExactly(Operation.REGISTERED);
    }

    @Test
    void oldEventsGoAndYoungOnesStay() {
        fourEvents();

        assertThat(trim(1, 1_020, Long.MAX_VALUE, 10)).isEqualTo(2);

        assertThat(state.events).extracting(EventRecord::timeMillis).containsExactly(1_020L, 1_030L);
        assertThat(state.history.fromIndex()).isEqualTo(2);
        assertThat(state.history.fromMillis()).isEqualTo(1_010);
    }

    @Test
    void youngEventsGoTooWhileTheyTakeTooMuch() {
        fourEvents();

        assertThat(trim(1, 0, 150, 10)).isEqualTo(3);

        assertThat(state.history.bytes()).isEqualTo(FakeState.EVENT_BYTES);
    }

    @Test
    void oneCommandForgetsNoMoreThanItsLimit() {
        fourEvents();

        assertThat(trim(1, 2_000, 0, 3)).isEqualTo(3);
        assertThat(trim(1, 2_000, 0, 3)).isEqualTo(1);
        assertThat(trim(1, 2_000, 0, 3)).isZero();
    }

    @Test
    void trimmingOfAnotherTermIsIgnored() {
        fourEvents();

        assertThat(trim(2, 2_000, 0, 10)).isZero();

        assertThat(state.events).hasSize(4);
    }

    private void fourEvents() {
        for (int i = 0; i < 4; i++) {
            state.nowMillis = 1_000 + 10L * i;
            state.apply(Commands.upsert("i" + i, 80));
        }
    }

    private int trim(long term, long beforeMillis, long keepBytes, int limit) {
        return ((HistoryTrimmed)
                        state.apply(new Command.TrimHistory(Commands.header(), term, beforeMillis, keepBytes, limit)))
                .removed();
    }

    private List<Operation> operations() {
        return state.events.stream().map(EventRecord::operation).toList();
    }
}
