package io.rollcall.statemachine.apply;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.statemachine.change.RegistryChange.ConfigChanged;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult.ConfigRefused;
import io.rollcall.statemachine.command.CommandResult.ConfigRefused.ConfigReason;
import io.rollcall.statemachine.command.CommandResult.ConfigStored;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.ConfigVersionKey;
import io.rollcall.statemachine.state.Mutation;
import io.rollcall.statemachine.state.Mutation.PutConfig;
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

    ConfigRules(ApplyContext context) {
        this.state = context.state();
        this.index = context.index();
        this.nowMillis = context.nowMillis();
    }

    Effect put(Command.PutConfig command) {
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
                value.size(),
                actor);
    }

    private Effect stored(@Nullable ConfigRecord last, ConfigRecord next, @Nullable ConfigValue value) {
        List<Mutation> mutations = new ArrayList<>();
        mutations.add(new PutConfig(next, value));
        if (next.version() > VERSIONS_KEPT) {
            mutations.add(new RemoveConfigVersion(new ConfigVersionKey(next.key(), next.version() - VERSIONS_KEPT)));
        }
        boolean created = last == null || last.deleted();
        return new Effect(
                mutations,
                List.of(new ConfigChanged(index, last == null ? null : last.toEntry(), next.toEntry())),
                new ConfigStored(index, next.toEntry(), created && !next.deleted()));
    }

    private Effect refused(ConfigReason reason, @Nullable ConfigRecord last) {
        return Effect.only(new ConfigRefused(index, reason, presentIndex(last)));
    }

    /** Of a key that is deleted there is nothing that a condition could hold of. */
    private static long presentIndex(@Nullable ConfigRecord last) {
        return last == null || last.deleted() ? 0 : last.modifyIndex();
    }
}
