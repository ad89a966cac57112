package io.rollcall.statemachine.apply;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Operation;
import io.rollcall.api.model.Registration;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.ClusterChanged;
import io.rollcall.statemachine.change.RegistryChange.InstanceChanged;
import io.rollcall.statemachine.change.RegistryChange.InstanceRemoved;
import io.rollcall.statemachine.command.AclCommand;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.RegisterMode;
import io.rollcall.statemachine.command.CommandCases;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.Acknowledged;
import io.rollcall.statemachine.command.CommandResult.BatchRegistered;
import io.rollcall.statemachine.command.CommandResult.Deregistered;
import io.rollcall.statemachine.command.CommandResult.DeregisteredMany;
import io.rollcall.statemachine.command.CommandResult.OperatorWordSet;
import io.rollcall.statemachine.command.CommandResult.Refused;
import io.rollcall.statemachine.command.CommandResult.Refused.Reason;
import io.rollcall.statemachine.command.CommandResult.Registered;
import io.rollcall.statemachine.command.KeyCommand;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.state.ClusterRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.Mutation.PutCluster;
import io.rollcall.statemachine.state.StateReader;
import io.rollcall.statemachine.state.TombstoneRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The specification of the registry: what each command comes to in a given state. It reads, it writes nothing, and from
 * equal inputs it makes equal effects on every replica, for ever. A changed rule needs a new command or feature level.
 */
final class RegistryRules implements CommandCases<Effect> {

    private final ApplyContext context;
    private final StateReader state;
    private final long index;
    private final InstanceWrites writes;

    RegistryRules(ApplyContext context) {
        this.context = context;
        this.state = context.state();
        this.index = context.index();
        this.writes = new InstanceWrites(context);
    }

    @Override
    public Effect registerInstance(Command.RegisterInstance command) {
        return register(command.header(), command.registration(), command.mode(), command.precondition());
    }

    private Effect register(
            CommandHeader header, Registration registration, RegisterMode mode, Precondition precondition) {
        InstanceKey key = registration.key();
        Refused unsealed = new KeyRules(context).refusal(registration);
        if (unsealed != null) {
            return Effect.only(unsealed);
        }
        InstanceRecord present = state.instance(key);
        // Nothing of another's is replaced; that it is there is no secret to who asks for a new one.
        if (mode != RegisterMode.CREATE && isAnothers(present, header)) {
            return notOwner();
        }
        Reason refusal = registrationRefusal(present, registration, mode, precondition);
        if (refusal != null) {
            return refused(refusal, present);
        }
        InstanceRecord stored = writes.registered(registration, present, header);
        Instance after = stored.toInstance();
        return new Effect(
                writes.registration(present, stored, header),
                List.of(new InstanceChanged(index, InstanceWrites.instanceOf(present), after)),
                new Registered(index, after, present == null));
    }

    private static @Nullable Reason registrationRefusal(
            @Nullable InstanceRecord present, Registration registration, RegisterMode mode, Precondition precondition) {
        if (!precondition.holds(present == null ? 0 : present.modifyIndex())) {
            return Reason.PRECONDITION_FAILED;
        }
        if (present == null || mode == RegisterMode.TAKE_OVER) {
            return null;
        }
        if (mode == RegisterMode.CREATE) {
            return Reason.ALREADY_EXISTS;
        }
        boolean moved = !present.registration().sameAddress(registration);
        return moved && Standing.isLive(present.vitals()) ? Reason.ADDRESS_CONFLICT : null;
    }

    @Override
    public Effect registerBatch(Command.RegisterBatch command) {
        // All or none: a batch is sealed at one go.
        for (Registration registration : command.registrations()) {
            Refused unsealed = new KeyRules(context).refusal(registration);
            if (unsealed != null) {
                return Effect.only(unsealed);
            }
        }
        StateOverlay overlay = new StateOverlay(state);
        List<RegistryChange> changes = new ArrayList<>();
        List<CommandResult> items = new ArrayList<>();
        boolean anyRefused = false;
        long itemIndex = index;
        for (Registration registration : command.registrations()) {
            RegistryRules rules = new RegistryRules(at(overlay, itemIndex));
            Effect effect = rules.register(command.header(), registration, command.mode(), Precondition.NONE);
            overlay.add(effect.mutations());
            changes.addAll(effect.changes());
            items.add(effect.result());
            anyRefused |= effect.result() instanceof Refused;
            itemIndex++;
        }
        if (command.atomic() && anyRefused) {
            return Effect.only(new BatchRegistered(index, false, items));
        }
        return new Effect(overlay.mutations(), changes, new BatchRegistered(itemIndex - 1, true, items));
    }

    @Override
    public Effect deregisterInstance(Command.DeregisterInstance command) {
        InstanceRecord present = state.instance(command.key());
        Long meant = command.incarnation();
        if (present == null) {
            TombstoneRecord tombstone = state.tombstone(command.key());
            boolean stale = meant != null && tombstone != null && meant < tombstone.incarnation();
            Reason reason = stale ? Reason.STALE_INCARNATION : Reason.NOT_FOUND;
            return Effect.only(new Refused(index, reason, null, tombstone == null ? 0 : tombstone.incarnation()));
        }
        if (isAnothers(present, command.header())) {
            return notOwner();
        }
        if (meant != null && meant != present.incarnation()) {
            return refused(Reason.STALE_INCARNATION, present);
        }
        if (!command.precondition().holds(present.modifyIndex())) {
            return refused(Reason.PRECONDITION_FAILED, present);
        }
        return new Effect(
                writes.removal(present, Operation.DEREGISTERED, command.header()),
                List.of(new InstanceRemoved(index, present.toInstance())),
                new Deregistered(index, command.key(), present.incarnation()));
    }

    @Override
    public Effect deregisterMany(Command.DeregisterMany command) {
        StateOverlay overlay = new StateOverlay(state);
        List<RegistryChange> changes = new ArrayList<>();
        long targetIndex = index;
        int refused = 0;
        for (Command.DeregisterMany.Target target : command.targets()) {
            InstanceRecord present = overlay.instance(target.key());
            if (isAnothers(present, command.header())) {
                refused++;
            } else if (present != null && present.modifyIndex() == target.modifyIndex()) {
                InstanceWrites targetWrites = new InstanceWrites(at(overlay, targetIndex));
                overlay.add(targetWrites.removal(present, Operation.DEREGISTERED, command.header()));
                changes.add(new InstanceRemoved(targetIndex, present.toInstance()));
            }
            targetIndex++;
        }
        long lastIndex = Math.max(index, targetIndex - 1);
        return new Effect(overlay.mutations(), changes, new DeregisteredMany(lastIndex, changes.size(), refused));
    }

    private ApplyContext at(StateReader present, long itemIndex) {
        return new ApplyContext(present, context.term(), itemIndex, context.nowMillis());
    }

    @Override
    public Effect setOperatorWord(Command.SetOperatorWord command) {
        InstanceRecord present = state.instance(command.key());
        if (present == null) {
            return refused(Reason.NOT_FOUND, null);
        }
        if (isAnothers(present, command.header())) {
            return notOwner();
        }
        InstanceRecord stored = writes.changed(present, command.word(), present.vitals());
        Instance after = stored.toInstance();
        Operation operation = command.word() == null ? Operation.OPERATOR_WORD_CLEARED : Operation.OPERATOR_WORD_SET;
        return new Effect(
                writes.change(present, stored, operation, command.header()),
                List.of(new InstanceChanged(index, present.toInstance(), after)),
                new OperatorWordSet(index, after));
    }

    @Override
    public Effect foundCluster(Command.FoundCluster command) {
        ClusterRecord cluster = state.cluster();
        if (!cluster.clusterId().isEmpty()) {
            return Effect.only(new Acknowledged(index));
        }
        return clusterEffect(new ClusterRecord(command.clusterId(), cluster.featureLevel(), cluster.members()));
    }

    @Override
    public Effect announceMember(Command.AnnounceMember command) {
        return clusterEffect(state.cluster().withMember(command.member()));
    }

    @Override
    public Effect raiseFeatureLevel(Command.RaiseFeatureLevel command) {
        ClusterRecord cluster = state.cluster();
        if (command.level() <= cluster.featureLevel()) {
            return Effect.only(new Acknowledged(index));
        }
        if (cluster.members().stream().anyMatch(m -> m.featureLevel() < command.level())) {
            return refused(Reason.FEATURE_LEVEL_UNSUPPORTED, null);
        }
        return clusterEffect(new ClusterRecord(cluster.clusterId(), command.level(), cluster.members()));
    }

    private Effect clusterEffect(ClusterRecord cluster) {
        ClusterChanged change =
                new ClusterChanged(index, cluster.clusterId(), cluster.featureLevel(), cluster.members());
        return new Effect(List.of(new PutCluster(cluster)), List.of(change), new Acknowledged(index));
    }

    @Override
    public Effect judge(Command.Judge command) {
        return new VerdictRules(context).judge(command);
    }

    @Override
    public Effect checkpointLeases(Command.CheckpointLeases command) {
        return new VerdictRules(context).checkpointLeases(command);
    }

    @Override
    public Effect trimHistory(Command.TrimHistory command) {
        return new HistoryRules(context).trimHistory(command);
    }

    @Override
    public Effect putConfig(Command.PutConfig command) {
        return new ConfigRules(context).put(command);
    }

    @Override
    public Effect deleteConfig(Command.DeleteConfig command) {
        return new ConfigRules(context).delete(command);
    }

    @Override
    public Effect rollbackConfig(Command.RollbackConfig command) {
        return new ConfigRules(context).rollback(command);
    }

    @Override
    public Effect forgetConfig(Command.ForgetConfig command) {
        return new ConfigRules(context).forget(command);
    }

    @Override
    public Effect putKeyset(KeyCommand.PutKeyset command) {
        return new KeyRules(context).putKeyset(command);
    }

    @Override
    public Effect reseal(KeyCommand.Reseal command) {
        return new KeyRules(context).reseal(command);
    }

    @Override
    public Effect putPolicy(AclCommand.PutPolicy command) {
        return new AclRules(context).putPolicy(command);
    }

    @Override
    public Effect deletePolicy(AclCommand.DeletePolicy command) {
        return new AclRules(context).deletePolicy(command);
    }

    @Override
    public Effect putToken(AclCommand.PutToken command) {
        return new AclRules(context).putToken(command);
    }

    @Override
    public Effect deleteToken(AclCommand.DeleteToken command) {
        return new AclRules(context).deleteToken(command);
    }

    @Override
    public Effect forgetTokens(AclCommand.ForgetTokens command) {
        return new AclRules(context).forgetTokens(command);
    }

    private static boolean isAnothers(@Nullable InstanceRecord present, CommandHeader header) {
        return present != null && !header.authority().mayChange(header.actor(), present.owner());
    }

    /** Without what is there: it is none of the asker's business. */
    private Effect notOwner() {
        return refused(Reason.NOT_OWNER, null);
    }

    private Effect refused(Reason reason, @Nullable InstanceRecord present) {
        long incarnation = present == null ? 0 : present.incarnation();
        return Effect.only(new Refused(index, reason, InstanceWrites.instanceOf(present), incarnation));
    }
}
