package io.rollcall.statemachine.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.statemachine.command.Authority;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.DeregisterMany.Target;
import io.rollcall.statemachine.command.Command.RegisterMode;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.BatchRegistered;
import io.rollcall.statemachine.command.CommandResult.Deregistered;
import io.rollcall.statemachine.command.CommandResult.DeregisteredMany;
import io.rollcall.statemachine.command.CommandResult.OperatorWordSet;
import io.rollcall.statemachine.command.CommandResult.Refused;
import io.rollcall.statemachine.command.CommandResult.Refused.Reason;
import io.rollcall.statemachine.command.CommandResult.Registered;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.command.Verdict;
import io.rollcall.statemachine.state.InstanceRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may change what, for every owner, every asker and every command that changes an instance. */
final class OwnershipTest {

    private static final String MINE = "me";
    private static final String ANOTHER = "another";

    /**
     * One asker of one instance.
     *
     * @param owner of the instance before; null for nobody; "absent" if it is not registered
     * @param authority of the asker, whose identity is {@link #MINE}
     * @param allowed what must come out
     * @param ownerAfter whose it must be after a registration
     */
    private record Case(String owner, Authority authority, boolean allowed, String ownerAfter) {}

    private static final String ABSENT = "absent";

    static List<Case> cases() {
        return List.of(
                new Case(ABSENT, Authority.NONE, true, null),
                new Case(ABSENT, Authority.OWNER, true, MINE),
                new Case(ABSENT, Authority.OPERATOR, true, MINE),
                new Case(null, Authority.NONE, true, null),
                new Case(null, Authority.OWNER, true, MINE),
                new Case(null, Authority.OPERATOR, true, MINE),
                new Case(MINE, Authority.NONE, true, MINE),
                new Case(MINE, Authority.OWNER, true, MINE),
                new Case(MINE, Authority.OPERATOR, true, MINE),
                new Case(ANOTHER, Authority.NONE, true, ANOTHER),
                new Case(ANOTHER, Authority.OWNER, false, ANOTHER),
                new Case(ANOTHER, Authority.OPERATOR, true, ANOTHER));
    }

    static List<Case> present() {
        return cases().stream().filter(it -> !ABSENT.equals(it.owner)).toList();
    }

    private final FakeState state = new FakeState();

    private static CommandHeader header(String actor, Authority authority) {
        return new CommandHeader(Commands.header().requestId(), "", null, actor, authority);
    }

    private static CommandHeader asker(Case it) {
        return header(it.authority == Authority.NONE ? null : MINE, it.authority);
    }

    private void given(Case it, String id) {
        if (!ABSENT.equals(it.owner)) {
            Authority authority = it.owner == null ? Authority.NONE : Authority.OWNER;
            state.apply(new Command.RegisterInstance(
                    header(it.owner, authority), Commands.at(id, 80), RegisterMode.UPSERT, Precondition.NONE));
            assertThat(state.instance(Commands.key(id)).owner()).isEqualTo(it.owner);
        }
    }

    private void assertUntouched(InstanceRecord before, CommandResult result) {
        assertThat(result).isEqualTo(new Refused(result.index(), Reason.NOT_OWNER, null, 0));
        assertThat(state.instance(before.key())).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void registration(Case it) {
        for (RegisterMode mode : List.of(RegisterMode.UPSERT, RegisterMode.TAKE_OVER)) {
            String id = "a-" + mode;
            given(it, id);
            InstanceRecord before = state.instance(Commands.key(id));

            CommandResult result =
                    state.apply(new Command.RegisterInstance(asker(it), Commands.at(id, 80), mode, Precondition.NONE));

            if (it.allowed) {
                assertThat(result)
                        .isInstanceOfSatisfying(
                                Registered.class,
                                registered -> assertThat(registered.instance().owner())
                                        .isEqualTo(it.ownerAfter));
                assertThat(state.instance(Commands.key(id)).owner()).isEqualTo(it.ownerAfter);
            } else {
                assertUntouched(before, result);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void registrationOfANewIdChangesNothingOfAnybodys(Case it) {
        given(it, "a");

        CommandResult result = state.apply(
                new Command.RegisterInstance(asker(it), Commands.at("a", 80), RegisterMode.CREATE, Precondition.NONE));

        if (ABSENT.equals(it.owner)) {
            assertThat(result).isInstanceOf(Registered.class);
        } else {
            assertThat(((Refused) result).reason()).isEqualTo(Reason.ALREADY_EXISTS);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void ownerIsAskedForBeforeAnythingElseIsTold(Case it) {
        given(it, "a");
        CommandResult result = state.apply(new Command.RegisterInstance(
                asker(it), Commands.at("a", 81), RegisterMode.UPSERT, Precondition.modifyIndex(77)));

        assertThat(((Refused) result).reason()).isEqualTo(it.allowed ? Reason.PRECONDITION_FAILED : Reason.NOT_OWNER);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void batch(Case it) {
        given(it, "a");

        BatchRegistered one = (BatchRegistered) state.apply(new Command.RegisterBatch(
                asker(it), List.of(Commands.at("a", 80), Commands.at("new", 80)), RegisterMode.UPSERT, false));

        assertThat(one.items().get(0)).isInstanceOf(it.allowed ? Registered.class : Refused.class);
        assertThat(one.items().get(1)).isInstanceOf(Registered.class);
        assertThat(state.instance(Commands.key("a")).owner()).isEqualTo(it.ownerAfter);
    }

    @ParameterizedTest
    @MethodSource("present")
    void atomicBatchIsRefusedForOneThatIsAnothers(Case it) {
        given(it, "a");

        BatchRegistered one = (BatchRegistered) state.apply(new Command.RegisterBatch(
                asker(it), List.of(Commands.at("new", 80), Commands.at("a", 80)), RegisterMode.TAKE_OVER, true));

        assertThat(one.applied()).isEqualTo(it.allowed);
        assertThat(state.instances.containsKey(Commands.key("new"))).isEqualTo(it.allowed);
    }

    @ParameterizedTest
    @MethodSource("present")
    void deregistration(Case it) {
        for (Long incarnation : new Long[] {null, 1L, 99L}) {
            given(it, "a");
            InstanceRecord before = state.instance(Commands.key("a"));
            Long meant = incarnation != null && incarnation == 1 ? Long.valueOf(before.incarnation()) : incarnation;

            CommandResult result =
                    state.apply(new Command.DeregisterInstance(asker(it), Commands.key("a"), meant, Precondition.NONE));

            if (!it.allowed) {
                assertUntouched(before, result);
            } else if (meant != null && meant == 99) {
                assertThat(((Refused) result).reason()).isEqualTo(Reason.STALE_INCARNATION);
            } else {
                assertThat(result).isInstanceOf(Deregistered.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("present")
    void deregistrationOfManyLeavesWhatIsAnothersAlone(Case it) {
        given(it, "a");
        given(new Case(MINE, Authority.OWNER, true, MINE), "mine");
        List<Target> targets = new ArrayList<>();
        state.instances.values().forEach(target -> targets.add(new Target(target.key(), target.modifyIndex())));
        targets.add(new Target(Commands.key("gone"), 1));

        CommandResult result = state.apply(new Command.DeregisterMany(asker(it), targets));

        assertThat(result).isEqualTo(new DeregisteredMany(result.index(), it.allowed ? 2 : 1, it.allowed ? 0 : 1));
        assertThat(state.instances.containsKey(Commands.key("a"))).isEqualTo(!it.allowed);
        assertThat(state.instances).doesNotContainKey(Commands.key("mine"));
    }

    @ParameterizedTest
    @MethodSource("present")
    void operatorsWord(Case it) {
        for (OperatorWord word : new OperatorWord[] {new OperatorWord(InstanceStatus.DRAINING, ""), null}) {
            given(it, "a");
            InstanceRecord before = state.instance(Commands.key("a"));

            CommandResult result = state.apply(new Command.SetOperatorWord(asker(it), Commands.key("a"), word));

            if (it.allowed) {
                assertThat(result)
                        .isInstanceOfSatisfying(
                                OperatorWordSet.class,
                                set -> assertThat(set.instance().owner()).isEqualTo(it.owner));
                assertThat(state.instance(Commands.key("a")).owner()).isEqualTo(it.owner);
            } else {
                assertUntouched(before, result);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("present")
    void verdictsLeaveTheOwnerAndTheHistoryKnowsIt(Case it) {
        given(it, "a");
        InstanceRecord before = state.instance(Commands.key("a"));

        state.apply(Commands.judge(1, new Verdict.LeaseLapsed(before.key(), before.incarnation(), 60_000)));

        assertThat(state.instance(before.key()).owner()).isEqualTo(it.owner);
        assertThat(state.events.get(state.events.size() - 1).before()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("present")
    void idThatWasGivenUpIsAnybodys(Case it) {
        given(it, "a");
        state.apply(Commands.deregister("a", null));

        CommandResult result = state.apply(new Command.RegisterInstance(
                header("third", Authority.OWNER), Commands.at("a", 80), RegisterMode.CREATE, Precondition.NONE));

        assertThat(((Registered) result).instance().owner()).isEqualTo("third");
    }
}
