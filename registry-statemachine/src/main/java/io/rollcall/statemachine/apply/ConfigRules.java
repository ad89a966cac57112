package io.rollcall.statemachine.apply;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.ConfigChanged;
import io.rollcall.statemachine.change.RegistryChange.ConfigForgotten;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult.ConfigRefused;
import io.rollcall.statemachine.command.CommandResult.ConfigRefused.ConfigReason;
import io.rollcall.statemachine.command.CommandResult.ConfigStored;
import io.rollcall.statemachine.command.CommandResult.HistoryTrimmed;
import io.rollcall.statemachine.command.CommandResult.Refused;
import io.rollcall.statemachine.state.ConfigFloor;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.ConfigTotals;
import io.rollcall.statemachine.state.ConfigVersionKey;
import io.rollcall.statemachine.state.Mutation;
import io.rollcall.statemachine.state.Mutation.PutConfig;
import io.rollcall.statemachine.state.Mutation.PutConfigFloor;
import io.rollcall.statemachine.state.Mutation.PutConfigTotals;
import io.rollcall.statemachine.state.Mutation.RemoveConfig;
import io.rollcall.statemachine.state.Mutation.RemoveConfigVersion;
import io.rollcall.statemachine.state.StateReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the rules that speaks of configuration. Each change of a key is a version of its own, a deletion and a
 * rollback, too; the newest {@value #VERSIONS_KEPT} are kept with their values.
 */
final class ConfigRules {

    /** Versions of a key that are kept. Another number needs another command or feature level. */
    static final int VERSIONS_KEPT = 100;

    private final StateReader state;
    private final long index;
    private final long nowMillis;
    private final long term;
    private final KeyRules keys;

    ConfigRules(ApplyContext context) {
        this.state = context.state();
        this.index = context.index();
        this.nowMillis = context.nowMillis();
        this.term = context.term();
        this.keys = new KeyRules(context);
    }

    Effect put(Command.PutConfig command) {
        Refused unsealed = keys.refusal(command.value());
        if (unsealed != null) {
            return Effect.only(unsealed);
        }
        ConfigRecord last = state.config(command.key());
        if (!command.precondition().holds(presentIndex(last))) {
            return refused(ConfigReason.PRECONDITION_FAILED, last);
        }
        return stored(
                last,
                next(
                        command.key(),
                        last,
                        command.contentType(),
                        command.secret(),
                        command.value(),
                        command.header().actor()),
                command.value());
    }

    Effect delete(Command.DeleteConfig command) {
        ConfigRecord last = state.config(command.key());
        if (last == null || last.deleted()) {
            return refused(ConfigReason.NOT_FOUND, last);
        }
        if (!command.precondition().holds(last.modifyIndex())) {
            return refused(ConfigReason.PRECONDITION_FAILED, last);
        }
        ConfigRecord deletion = new ConfigRecord(
                command.key(),
                last.version() + 1,
                last.createIndex(),
                index,
                nowMillis,
                last.contentType(),
                last.secret(),
                true,
                0,
                command.header().actor());
        return stored(last, deletion, null);
    }

    Effect rollback(Command.RollbackConfig command) {
        ConfigRecord last = state.config(command.key());
        if (last == null) {
            return refused(ConfigReason.NOT_FOUND, null);
        }
        if (!command.precondition().holds(presentIndex(last))) {
            return refused(ConfigReason.PRECONDITION_FAILED, last);
        }
        ConfigVersionKey wanted = new ConfigVersionKey(command.key(), command.version());
        ConfigRecord earlier = state.configVersion(wanted);
        ConfigValue value = state.configValue(wanted);
        // A deletion is no value that could be had back.
        if (earlier == null || value == null) {
            return refused(ConfigReason.VERSION_NOT_FOUND, last);
        }
        ConfigRecord again = next(
                command.key(),
                last,
                earlier.contentType(),
                earlier.secret(),
                value,
                command.header().actor());
        return stored(last, again, value);
    }

    private ConfigRecord next(
            ConfigKey key,
            @Nullable ConfigRecord last,
            ContentType contentType,
            boolean secret,
            ConfigValue value,
            @Nullable String actor) {
        return new ConfigRecord(
                key,
                last == null ? 1 : last.version() + 1,
                last == null || last.deleted() ? index : last.createIndex(),
                index,
                nowMillis,
                contentType,
                secret,
                false,
                keys.sizeOf(value),
                actor);
    }

    private Effect stored(@Nullable ConfigRecord last, ConfigRecord next, @Nullable ConfigValue value) {
        List<Mutation> mutations = new ArrayList<>();
        mutations.add(new PutConfig(next, value));
        ConfigTotals totals = state.configTotals().plus(next);
        ConfigVersionKey oldest = new ConfigVersionKey(next.key(), next.version() - VERSIONS_KEPT);
        ConfigRecord tooOld = state.configVersion(oldest);
        if (tooOld != null) {
            mutations.add(new RemoveConfigVersion(oldest));
            totals = totals.minus(tooOld);
        }
        mutations.add(new PutConfigTotals(totals));
        boolean created = last == null || last.deleted();
        return new Effect(
                mutations,
                List.of(new ConfigChanged(index, last == null ? null : last.toEntry(), next.toEntry())),
                new ConfigStored(index, next.toEntry(), created && !next.deleted()));
    }

    Effect forget(Command.ForgetConfig command) {
        ConfigRecord last = state.config(command.key());
        if (command.term() != term
                || last == null
                || !last.deleted()
                || last.modifiedAtMillis() >= command.beforeMillis()) {
            return Effect.only(new HistoryTrimmed(index, 0));
        }
        List<Mutation> mutations = new ArrayList<>();
        ConfigTotals totals = state.configTotals();
        int removed = 0;
        // The oldest first, so that what is left of the versions has no gap.
        long version = Math.max(1, last.version() - VERSIONS_KEPT + 1);
        for (; version <= last.version() && removed < command.limit(); version++) {
            ConfigVersionKey key = new ConfigVersionKey(command.key(), version);
            ConfigRecord kept = state.configVersion(key);
            if (kept != null) {
                mutations.add(new RemoveConfigVersion(key));
                totals = totals.minus(kept);
                removed++;
            }
        }
        mutations.add(new PutConfigTotals(totals));
        List<RegistryChange> changes = new ArrayList<>();
        if (version > last.version()) {
            mutations.add(new RemoveConfig(command.key()));
            mutations.add(new PutConfigFloor(floorWith(last)));
            changes.add(new ConfigForgotten(index, last.toEntry()));
        }
        return new Effect(mutations, changes, new HistoryTrimmed(index, removed));
    }

    private ConfigFloor floorWith(ConfigRecord forgotten) {
        ConfigFloor present = state.configFloor(forgotten.key().namespace());
        long floor = present == null ? 0 : present.index();
        return new ConfigFloor(forgotten.key().namespace(), Math.max(floor, forgotten.modifyIndex()));
    }

    private Effect refused(ConfigReason reason, @Nullable ConfigRecord last) {
        return Effect.only(new ConfigRefused(index, reason, presentIndex(last)));
    }

    /** Of a key that is deleted there is nothing that a condition could hold of. */
    private static long presentIndex(@Nullable ConfigRecord last) {
        return last == null || last.deleted() ? 0 : last.modifyIndex();
    }
}
