package io.rollcall.statemachine.apply;

import io.rollcall.api.model.Durations;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Operation;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.InstanceChanged;
import io.rollcall.statemachine.change.RegistryChange.InstanceRemoved;
import io.rollcall.statemachine.change.RegistryChange.LeaseMarked;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult.Acknowledged;
import io.rollcall.statemachine.command.CommandResult.Judged;
import io.rollcall.statemachine.command.LeaseAge;
import io.rollcall.statemachine.command.Verdict;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.LeaseRecord;
import io.rollcall.statemachine.state.Mutation;
import io.rollcall.statemachine.state.Mutation.PutLease;
import io.rollcall.statemachine.state.StateReader;
import io.rollcall.statemachine.state.Vitals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The part of the rules that speaks of what the leader decides of its own accord. All of it is fenced twice: by the term
 * of the entry, so that a deposed leader decides nothing, and by the incarnation, so that nobody is judged by what his
 * predecessor did.
 */
final class VerdictRules {

    private final ApplyContext context;

    VerdictRules(ApplyContext context) {
        this.context = context;
    }

    Effect judge(Command.Judge command) {
        List<Verdict> verdicts = command.verdicts();
        if (command.term() != context.term()) {
            return Effect.only(new Judged(context.index(), Collections.nCopies(verdicts.size(), false)));
        }
        StateOverlay overlay = new StateOverlay(context.state());
        List<RegistryChange> changes = new ArrayList<>();
        List<Boolean> taken = new ArrayList<>();
        long verdictIndex = context.index();
        for (Verdict verdict : verdicts) {
            Optional<Step> step = step(
                    verdict,
                    command.header(),
                    new ApplyContext(overlay, context.term(), verdictIndex, context.nowMillis()));
            step.ifPresent(it -> {
                overlay.add(it.mutations());
                changes.add(it.change());
            });
            taken.add(step.isPresent());
            verdictIndex++;
        }
        long lastIndex = Math.max(context.index(), verdictIndex - 1);
        return new Effect(overlay.mutations(), changes, new Judged(lastIndex, taken));
    }

    Effect checkpointLeases(Command.CheckpointLeases command) {
        if (command.term() != context.term()) {
            return Effect.only(new Acknowledged(context.index()));
        }
        List<Mutation> mutations = new ArrayList<>();
        List<RegistryChange> changes = new ArrayList<>();
        long leaseIndex = context.index();
        for (LeaseAge age : command.leases()) {
            if (isOf(context.state(), age)) {
                LeaseRecord lease =
                        new LeaseRecord(age.key(), age.incarnation(), age.lastHeartbeatMillis(), age.silentMillis());
                mutations.add(new PutLease(lease));
                changes.add(new LeaseMarked(leaseIndex, age.key(), age.lastHeartbeatMillis(), age.silentMillis()));
            }
            leaseIndex++;
        }
        return new Effect(mutations, changes, new Acknowledged(Math.max(context.index(), leaseIndex - 1)));
    }

    private static boolean isOf(StateReader state, LeaseAge age) {
        InstanceRecord present = state.instance(age.key());
        return present != null && present.incarnation() == age.incarnation();
    }

    private static Optional<Step> step(Verdict verdict, CommandHeader header, ApplyContext context) {
        InstanceRecord present = context.state().instance(verdict.key());
        return present == null || present.incarnation() != verdict.incarnation()
                ? Optional.empty()
                : verdict.match(new Bench(context, header, present));
    }

    /** What one verdict that is taken comes to. */
    private record Step(List<Mutation> mutations, RegistryChange change) {}

    /** One instance before its judge: of the incarnation that is meant. Empty is what is not true any more. */
    private record Bench(ApplyContext context, CommandHeader header, InstanceRecord present)
            implements Verdict.Cases<Optional<Step>> {

        @Override
        public Optional<Step> leaseLapsed(Verdict.LeaseLapsed verdict) {
            if (present.registration().ttl().isZero() || present.vitals().leaseLapsed()) {
                return Optional.empty();
            }
            String ttl = Durations.format(present.registration().ttl());
            return with(
                    Operation.LEASE_LAPSED,
                    present.vitals().lapsed("no heartbeat for " + verdict.silentMillis() + " ms, the lease is " + ttl));
        }

        @Override
        public Optional<Step> leaseRevived(Verdict.LeaseRevived verdict) {
            return present.vitals().leaseLapsed()
                    ? with(Operation.LEASE_REVIVED, present.vitals().revived())
                    : Optional.empty();
        }

        @Override
        public Optional<Step> checkTurned(Verdict.CheckTurned verdict) {
            Vitals vitals = present.vitals();
            boolean isNews =
                    vitals.check() != verdict.state() || !vitals.checkReason().equals(verdict.reason());
            return present.registration().healthCheck() != null && isNews
                    ? with(Operation.CHECK_TURNED, vitals.turned(verdict.state(), verdict.reason()))
                    : Optional.empty();
        }

        @Override
        public Optional<Step> suspected(Verdict.Suspected verdict) {
            return present.vitals().suspect() != verdict.suspect()
                    ? with(
                            verdict.suspect() ? Operation.SUSPECTED : Operation.SUSPICION_ENDED,
                            present.vitals().suspected(verdict.suspect()))
                    : Optional.empty();
        }

        @Override
        public Optional<Step> overdue(Verdict.Overdue verdict) {
            // The operator's maintenance beats critical, so what he took out is not removed either.
            if (present.status() != InstanceStatus.CRITICAL || present.modifyIndex() != verdict.modifyIndex()) {
                return Optional.empty();
            }
            List<Mutation> removal = new InstanceWrites(context).removal(present, Operation.EXPIRED, header);
            return Optional.of(new Step(removal, new InstanceRemoved(context.index(), present.toInstance())));
        }

        private Optional<Step> with(Operation operation, Vitals vitals) {
            InstanceWrites writes = new InstanceWrites(context);
            InstanceRecord stored = writes.changed(present, present.operatorWord(), vitals);
            InstanceChanged change = new InstanceChanged(context.index(), present.toInstance(), stored.toInstance());
            return Optional.of(new Step(writes.change(present, stored, operation, header), change));
        }
    }
}
