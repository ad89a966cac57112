package io.rollcall.statemachine.apply;

import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.Registration;
import io.rollcall.statemachine.change.RegistryChange.KeysetChanged;
import io.rollcall.statemachine.command.CommandResult.Acknowledged;
import io.rollcall.statemachine.command.CommandResult.Refused;
import io.rollcall.statemachine.command.CommandResult.Refused.Reason;
import io.rollcall.statemachine.command.KeyCommand;
import io.rollcall.statemachine.command.KeyCommand.Reseal.ResealedEvent;
import io.rollcall.statemachine.command.KeyCommand.Reseal.ResealedInstance;
import io.rollcall.statemachine.command.KeyCommand.Reseal.ResealedValue;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.ConfigVersionKey;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.KeysetRecord;
import io.rollcall.statemachine.state.KeysetRecord.Phase;
import io.rollcall.statemachine.state.Mutation;
import io.rollcall.statemachine.state.Mutation.PutInstance;
import io.rollcall.statemachine.state.Mutation.PutKeyset;
import io.rollcall.statemachine.state.Mutation.ReplaceConfigValue;
import io.rollcall.statemachine.state.Mutation.ReplaceEvent;
import io.rollcall.statemachine.state.Sealed;
import io.rollcall.statemachine.state.StateReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the rules that speaks of seals. Once there are keys, nothing secret comes into the state that is not sealed
 * by the primary one, so that whoever goes through the state once has seen everything that an earlier key is needed for.
 */
final class KeyRules {

    private final ApplyContext context;
    private final StateReader state;

    KeyRules(ApplyContext context) {
        this.context = context;
        this.state = context.state();
    }

    /** What is refused for its seal; null if that is as it should be. */
    @Nullable
    Refused refusal(Registration registration) {
        KeysetRecord keyset = state.keyset();
        return keyset == null || Sealed.isBy(registration, keyset.primaryKeyId()) ? null : superseded();
    }

    /** The same of a configuration value. */
    @Nullable
    Refused refusal(ConfigValue value) {
        KeysetRecord keyset = state.keyset();
        return keyset == null || Sealed.isBy(value, keyset.primaryKeyId()) ? null : superseded();
    }

    private Refused superseded() {
        return new Refused(context.index(), Reason.SEAL_SUPERSEDED, null, 0);
    }

    /** How long a value is that the state holds. Without keys nothing is sealed, whatever it looks like. */
    int sizeOf(ConfigValue value) {
        return state.keyset() == null ? value.size() : Sealed.plainSize(value);
    }

    Effect putKeyset(KeyCommand.PutKeyset command) {
        KeysetRecord present = state.keyset();
        boolean isNext = command.after() == (present == null ? 0 : present.version());
        if (!isNext || !command.keyIds().contains(command.primaryKeyId())) {
            return refused();
        }
        if (present == null || command.primaryKeyId() != present.primaryKeyId()) {
            // What is there is opened by the keys of before.
            return present == null || command.keyIds().containsAll(present.keyIds())
                    ? put(command, Phase.RESEALING, null)
                    : refused();
        }
        if (isSettledBy(command, present)) {
            return put(command, Phase.SETTLED, present);
        }
        return command.keyIds().containsAll(present.keyIds()) ? put(command, present.phase(), present) : refused();
    }

    /** Whether only the primary key is left, and nothing needs another one any more. */
    private boolean isSettledBy(KeyCommand.PutKeyset command, KeysetRecord present) {
        return present.phase() == Phase.WAITING
                && command.keyIds().equals(List.of(present.primaryKeyId()))
                && state.requestsBefore(present.cleanAtMillis() + 1, 1).isEmpty();
    }

    private Effect refused() {
        return Effect.only(new Refused(context.index(), Reason.PRECONDITION_FAILED, null, 0));
    }

    private Effect put(KeyCommand.PutKeyset command, Phase phase, @Nullable KeysetRecord goesOn) {
        return changed(
                List.of(),
                new KeysetRecord(
                        command.after() + 1,
                        command.wrapped(),
                        command.masterKeyId(),
                        command.primaryKeyId(),
                        command.keyIds(),
                        context.nowMillis(),
                        phase,
                        goesOn == null ? 0 : goesOn.done(),
                        goesOn == null ? 0 : goesOn.total(),
                        goesOn == null ? 0 : goesOn.cleanAtMillis()));
    }

    Effect reseal(KeyCommand.Reseal command) {
        KeysetRecord keyset = state.keyset();
        if (command.term() != context.term()
                || keyset == null
                || keyset.version() != command.keyset()
                || keyset.phase() != Phase.RESEALING) {
            return Effect.only(new Acknowledged(context.index()));
        }
        List<Mutation> mutations = new ArrayList<>();
        command.instances().forEach(it -> add(mutations, instance(it)));
        command.values().forEach(it -> add(mutations, value(it)));
        command.events().forEach(it -> add(mutations, event(it)));
        KeysetRecord gone = keyset.resealed(command.done(), command.total());
        return changed(mutations, command.complete() ? gone.clean(context.nowMillis()) : gone);
    }

    private static void add(List<Mutation> mutations, @Nullable Mutation mutation) {
        if (mutation != null) {
            mutations.add(mutation);
        }
    }

    private @Nullable Mutation instance(ResealedInstance resealed) {
        InstanceRecord present = state.instance(resealed.key());
        return present == null || present.modifyIndex() != resealed.modifyIndex()
                ? null
                : new PutInstance(
                        present.with(Sealed.with(present.registration(), resealed.metadata(), resealed.headers())));
    }

    private @Nullable Mutation value(ResealedValue resealed) {
        ConfigVersionKey key = new ConfigVersionKey(resealed.key(), resealed.version());
        ConfigRecord present = state.configVersion(key);
        // A key that was forgotten and made again has the same versions again.
        return present == null || present.modifyIndex() != resealed.modifyIndex() || present.deleted()
                ? null
                : new ReplaceConfigValue(key, resealed.value());
    }

    private @Nullable Mutation event(ResealedEvent resealed) {
        EventRecord present = state.event(resealed.key().service(), resealed.index());
        InstanceRecord before = present == null ? null : present.before();
        return present == null || before == null
                ? null
                : new ReplaceEvent(present.withBefore(
                        before.with(Sealed.with(before.registration(), resealed.metadata(), resealed.headers()))));
    }

    private Effect changed(List<Mutation> mutations, KeysetRecord keyset) {
        List<Mutation> all = new ArrayList<>(mutations);
        all.add(new PutKeyset(keyset));
        return new Effect(all, List.of(new KeysetChanged(context.index(), keyset)), new Acknowledged(context.index()));
    }
}
