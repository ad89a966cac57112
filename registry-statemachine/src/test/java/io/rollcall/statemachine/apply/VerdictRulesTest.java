package io.rollcall.statemachine.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Registration;
import io.rollcall.statemachine.change.RegistryChange.InstanceRemoved;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.RegisterMode;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.Judged;
import io.rollcall.statemachine.command.CommandResult.Refused;
import io.rollcall.statemachine.command.CommandResult.Registered;
import io.rollcall.statemachine.command.LeaseAge;
import io.rollcall.statemachine.command.Verdict;
import io.rollcall.statemachine.command.Verdict.CheckTurned;
import io.rollcall.statemachine.command.Verdict.LeaseLapsed;
import io.rollcall.statemachine.command.Verdict.LeaseRevived;
import io.rollcall.statemachine.command.Verdict.Overdue;
import io.rollcall.statemachine.command.Verdict.Suspected;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.Vitals;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictRulesTest {

    private final FakeState state = new FakeState();

    private List<Boolean> judge(Verdict... verdicts) {
        return ((Judged) state.apply(Commands.judge(state.term, verdicts))).taken();
    }

    private InstanceRecord a() {
        return state.instances.get(Commands.key("a"));
    }

    private long register(Registration registration) {
        return state.apply(Commands.register(registration, RegisterMode.UPSERT)).index();
    }

    private long plain() {
        return register(Commands.at("a", 80));
    }

    private long checked() {
        return register(Commands.checked("a"));
    }

    private static LeaseLapsed lapsed(long incarnation) {
        return new LeaseLapsed(Commands.key("a"), incarnation, 30_012);
    }

    private static LeaseRevived revived(long incarnation) {
        return new LeaseRevived(Commands.key("a"), incarnation);
    }

    private static CheckTurned turned(long incarnation, CheckState state) {
        return new CheckTurned(Commands.key("a"), incarnation, state, "status 503");
    }

    private static Suspected suspected(long incarnation, boolean suspect) {
        return new Suspected(Commands.key("a"), incarnation, suspect);
    }

    private Overdue overdue() {
        return new Overdue(Commands.key("a"), a().incarnation(), a().modifyIndex());
    }

    @Test
    void aVerdictOfAnotherTermChangesNothing() {
        long incarnation = plain();
        Command late = Commands.judge(state.term, lapsed(incarnation), suspected(incarnation, true));
        state.term = 2;

        Effect effect = state.evaluate(late);

        assertThat(effect).isEqualTo(Effect.only(new Judged(2, List.of(false, false))));
    }

    @Test
    void aVerdictOfAnotherIncarnationIsNotTaken() {
        long first = plain();
        long second = plain();

        assertThat(judge(lapsed(first), suspected(first, true), new Overdue(Commands.key("a"), first, second)))
                .containsExactly(false, false, false);
        assertThat(judge(lapsed(second))).containsExactly(true);
    }

    @Test
    void aVerdictOfNobodyIsNotTaken() {
        assertThat(judge(lapsed(1), revived(1), turned(1, CheckState.PASSING), suspected(1, true)))
                .containsOnly(false);
        assertThat(state.index).isEqualTo(4);
    }

    @Test
    void aLapsedLeaseIsCriticalUntilABeat() {
        long incarnation = plain();
        state.nowMillis = 32_000;
        List<Boolean> first = judge(lapsed(incarnation));
        InstanceRecord silent = a();
        state.nowMillis = 40_000;
        List<Boolean> second = judge(revived(incarnation));

        assertThat(first).containsExactly(true);
        assertThat(silent.status()).isEqualTo(InstanceStatus.CRITICAL);
        assertThat(silent.statusReason()).isEqualTo("no heartbeat for 30012 ms, the lease is 30s");
        assertThat(silent.statusSinceMillis()).isEqualTo(32_000);
        assertThat(silent.healthySinceMillis()).isZero();
        assertThat(silent.modifyIndex()).isEqualTo(2);
        assertThat(silent.toInstance().leaseLapsed()).isTrue();
        assertThat(second).containsExactly(true);
        assertThat(a().status()).isEqualTo(InstanceStatus.PASSING);
        assertThat(a().healthySinceMillis()).isEqualTo(40_000);
        assertThat(a().incarnation()).isEqualTo(incarnation);
        assertThat(a().vitals()).isEqualTo(Vitals.FRESH);
        assertThat(state.services.get(Commands.key("a").service()).lastIndexes())
                .containsEntry(InstanceStatus.PASSING, 3L)
                .containsEntry(InstanceStatus.CRITICAL, 3L);
    }

    @Test
    void aLeaseLapsesAndIsRevivedOnce() {
        long incarnation = plain();

        assertThat(judge(revived(incarnation), lapsed(incarnation), lapsed(incarnation), revived(incarnation)))
                .containsExactly(false, true, false, true);
        assertThat(a().modifyIndex()).isEqualTo(5);
    }

    @Test
    void anInstanceWithoutALeaseNeverLapses() {
        long incarnation = register(Registration.builder(Commands.key("a"))
                .address("10.0.0.1", 80)
                .ttl(Duration.ZERO)
                .build());

        assertThat(judge(lapsed(incarnation))).containsExactly(false);
    }

    @Test
    void aCheckThatTurnsTakesTheInstanceWithIt() {
        long incarnation = checked();
        state.nowMillis = 2_000;
        judge(turned(incarnation, CheckState.PASSING));
        state.nowMillis = 3_000;
        judge(turned(incarnation, CheckState.WARNING));
        InstanceRecord warned = a();
        state.nowMillis = 4_000;
        judge(turned(incarnation, CheckState.CRITICAL));

        assertThat(warned.status()).isEqualTo(InstanceStatus.WARNING);
        assertThat(warned.statusSinceMillis()).isEqualTo(3_000);
        assertThat(warned.healthySinceMillis())
                .as("it took traffic all the time")
                .isEqualTo(2_000);
        assertThat(a().status()).isEqualTo(InstanceStatus.CRITICAL);
        assertThat(a().statusReason()).isEqualTo("health check failed: status 503");
        assertThat(a().healthySinceMillis()).isZero();
        assertThat(a().toInstance().check()).isEqualTo(CheckState.CRITICAL);
    }

    @Test
    void onlyAnotherStateOrReasonOfACheckIsNews() {
        long incarnation = checked();
        CheckTurned refused = turned(incarnation, CheckState.CRITICAL);
        CheckTurned silent = new CheckTurned(Commands.key("a"), incarnation, CheckState.CRITICAL, "no answer");
        judge(refused);
        state.nowMillis = 9_000;

        assertThat(judge(refused, silent)).containsExactly(false, true);
        assertThat(a().statusSinceMillis()).as("the status stayed").isEqualTo(1_000);
        assertThat(a().statusReason()).isEqualTo("health check failed: no answer");
    }

    @Test
    void whereNoCheckIsAskedForNoneTurns() {
        assertThat(judge(turned(plain(), CheckState.CRITICAL))).containsExactly(false);
    }

    @Test
    void doubtIsShownAndChangesNothingElse() {
        long incarnation = plain();
        state.nowMillis = 5_000;

        assertThat(judge(suspected(incarnation, true), suspected(incarnation, true)))
                .containsExactly(true, false);
        assertThat(a().toInstance().suspect()).isTrue();
        assertThat(a().status()).isEqualTo(InstanceStatus.PASSING);
        assertThat(a().statusSinceMillis()).isEqualTo(1_000);
        assertThat(a().modifyIndex()).isEqualTo(2);
        assertThat(state.services.get(Commands.key("a").service()).lastIndexes())
                .containsEntry(InstanceStatus.PASSING, 2L);
    }

    @Test
    void aDecisionEndsTheDoubtAndAGoodCheckDoesNot() {
        long incarnation = checked();
        Suspected doubt = suspected(incarnation, true);

        judge(doubt, turned(incarnation, CheckState.PASSING));
        assertThat(a().vitals().suspect()).isTrue();
        judge(turned(incarnation, CheckState.CRITICAL));
        assertThat(a().vitals().suspect()).isFalse();
        judge(doubt, lapsed(incarnation));
        assertThat(a().vitals().suspect()).isFalse();
        judge(doubt, revived(incarnation));
        assertThat(a().vitals().suspect()).isFalse();
        judge(doubt, suspected(incarnation, false));
        assertThat(a().vitals().suspect()).isFalse();
    }

    @Test
    void theOverdueAreRemovedLikeTheDeregistered() {
        long incarnation = plain();
        judge(lapsed(incarnation));
        state.apply(Commands.checkpoint(1, new LeaseAge(Commands.key("a"), incarnation, 500, 30_012)));
        state.nowMillis = 90_000;
        InstanceRecord before = a();

        Effect effect = state.evaluate(Commands.judge(1, overdue()));
        List<Boolean> taken = judge(overdue());

        assertThat(taken).containsExactly(true);
        assertThat(effect.changes()).containsExactly(new InstanceRemoved(4, before.toInstance()));
        assertThat(state.instances).isEmpty();
        assertThat(state.leases).isEmpty();
        assertThat(state.tombstones.get(Commands.key("a")).incarnation()).isEqualTo(incarnation);
        assertThat(state.tombstones.get(Commands.key("a")).removedAtMillis()).isEqualTo(90_000);
        assertThat(state.services.get(Commands.key("a").service()).lastIndexes())
                .containsEntry(InstanceStatus.CRITICAL, 4L);
    }

    @Test
    void whatChangedSinceItWasFoundOverdueIsNotRemoved() {
        long incarnation = plain();
        judge(lapsed(incarnation));
        Overdue decided = overdue();
        judge(revived(incarnation), lapsed(incarnation));

        assertThat(judge(decided)).containsExactly(false);
        assertThat(judge(overdue())).containsExactly(true);
    }

    @Test
    void whatIsNotCriticalOrInMaintenanceIsNotOverdue() {
        long incarnation = plain();
        List<Boolean> healthy = judge(overdue());
        judge(lapsed(incarnation));
        state.apply(Commands.maintenance("a"));
        List<Boolean> takenOut = judge(overdue());
        state.apply(Commands.takeWordBack("a"));

        assertThat(healthy).containsExactly(false);
        assertThat(takenOut).containsExactly(false);
        assertThat(a().statusReason()).as("why is not forgotten").startsWith("no heartbeat for 30012 ms");
    }

    @Test
    void whatDrainsCanBeOverdue() {
        state.apply(Commands.upsert("a", 80));
        state.apply(Commands.drain("a"));
        judge(lapsed(a().incarnation()));

        assertThat(judge(overdue())).containsExactly(true);
    }

    @Test
    void verdictsOfOneCommandSeeEachOtherAndTakeAnIndexEach() {
        long incarnation = plain();
        Judged result = (Judged) state.apply(Commands.judge(
                1, suspected(incarnation, true), lapsed(incarnation), new Overdue(Commands.key("a"), incarnation, 3)));

        assertThat(result).isEqualTo(new Judged(4, List.of(true, true, true)));
        assertThat(state.instances).isEmpty();
        assertThat(state.index).isEqualTo(4);
    }

    @Test
    void aNewIncarnationStartsAfresh() {
        long incarnation = checked();
        judge(lapsed(incarnation), turned(incarnation, CheckState.CRITICAL), suspected(incarnation, true));

        checked();

        assertThat(a().vitals()).isEqualTo(Vitals.FRESH);
        assertThat(a().status()).isEqualTo(InstanceStatus.STARTING);
    }

    @Test
    void anIdIsFreeForAnotherAddressOnceItsLeaseHasLapsed() {
        long incarnation = register(Commands.checked("a"));
        judge(turned(incarnation, CheckState.CRITICAL));
        CommandResult alive = state.apply(Commands.upsert("a", 81));
        judge(lapsed(incarnation));
        CommandResult silent = state.apply(Commands.upsert("a", 81));

        assertThat(((Refused) alive).reason()).isEqualTo(Refused.Reason.ADDRESS_CONFLICT);
        assertThat(silent).isInstanceOf(Registered.class);
    }

    @Test
    void equalInputsMakeEqualEffects() {
        long incarnation = checked();
        Command command =
                Commands.judge(1, lapsed(incarnation), turned(incarnation, CheckState.WARNING), revived(incarnation));

        assertThat(state.evaluate(command)).isEqualTo(state.evaluate(command));
    }
}
