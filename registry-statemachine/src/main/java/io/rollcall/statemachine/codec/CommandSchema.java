package io.rollcall.statemachine.codec;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.rollcall.statemachine.command.AclCommand.DeletePolicy;
import io.rollcall.statemachine.command.AclCommand.DeleteToken;
import io.rollcall.statemachine.command.AclCommand.ForgetTokens;
import io.rollcall.statemachine.command.AclCommand.PutPolicy;
import io.rollcall.statemachine.command.AclCommand.PutToken;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.AnnounceMember;
import io.rollcall.statemachine.command.Command.CheckpointLeases;
import io.rollcall.statemachine.command.Command.DeleteConfig;
import io.rollcall.statemachine.command.Command.DeregisterInstance;
import io.rollcall.statemachine.command.Command.DeregisterMany;
import io.rollcall.statemachine.command.Command.ForgetConfig;
import io.rollcall.statemachine.command.Command.FoundCluster;
import io.rollcall.statemachine.command.Command.Judge;
import io.rollcall.statemachine.command.Command.PutConfig;
import io.rollcall.statemachine.command.Command.RaiseFeatureLevel;
import io.rollcall.statemachine.command.Command.RegisterBatch;
import io.rollcall.statemachine.command.Command.RegisterInstance;
import io.rollcall.statemachine.command.Command.RollbackConfig;
import io.rollcall.statemachine.command.Command.SetOperatorWord;
import io.rollcall.statemachine.command.Command.TrimHistory;
import io.rollcall.statemachine.command.KeyCommand.PutKeyset;
import io.rollcall.statemachine.command.KeyCommand.Reseal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One row of the table of all commands in all versions that were ever shipped. Rows are added, never edited or removed:
 * old logs hold them.
 *
 * @param type wire name of the command
 * @param version version of its schema, from 1
 * @param featureLevel the level from which on a cluster may hold it
 * @param command class of the command
 * @param freeze makes the body of this version
 * @param reader reads the body
 * @param writer writes the body
 */
record CommandSchema(
        String type,
        int version,
        int featureLevel,
        Class<? extends Command> command,
        Function<Command, CommandBody> freeze,
        ObjectReader reader,
        ObjectWriter writer) {

    /** In the order of their versions: a command is written by its last row. */
    static final List<CommandSchema> TABLE = List.of(
            row("register-instance", 1, 1, RegisterInstance.class, RegisterInstanceV1.class, RegisterInstanceV1::of),
            row("register-batch", 1, 1, RegisterBatch.class, RegisterBatchV1.class, RegisterBatchV1::of),
            row(
                    "deregister-instance",
                    1,
                    1,
                    DeregisterInstance.class,
                    DeregisterInstanceV1.class,
                    DeregisterInstanceV1::of),
            row("deregister-many", 1, 1, DeregisterMany.class, DeregisterManyV1.class, DeregisterManyV1::of),
            row("set-operator-word", 1, 1, SetOperatorWord.class, SetOperatorWordV1.class, SetOperatorWordV1::of),
            row("found-cluster", 1, 1, FoundCluster.class, FoundClusterV1.class, FoundClusterV1::of),
            row("announce-member", 1, 1, AnnounceMember.class, AnnounceMemberV1.class, AnnounceMemberV1::of),
            row(
                    "raise-feature-level",
                    1,
                    1,
                    RaiseFeatureLevel.class,
                    RaiseFeatureLevelV1.class,
                    RaiseFeatureLevelV1::of),
            row("judge", 1, 2, Judge.class, JudgeV1.class, JudgeV1::of),
            row("checkpoint-leases", 1, 2, CheckpointLeases.class, CheckpointLeasesV1.class, CheckpointLeasesV1::of),
            row("trim-history", 1, 3, TrimHistory.class, TrimHistoryV1.class, TrimHistoryV1::of),
            row("put-config", 1, 3, PutConfig.class, PutConfigV1.class, PutConfigV1::of),
            row("delete-config", 1, 3, DeleteConfig.class, DeleteConfigV1.class, DeleteConfigV1::of),
            row("rollback-config", 1, 3, RollbackConfig.class, RollbackConfigV1.class, RollbackConfigV1::of),
            row("forget-config", 1, 3, ForgetConfig.class, ForgetConfigV1.class, ForgetConfigV1::of),
            row("put-policy", 1, 4, PutPolicy.class, PutPolicyV1.class, PutPolicyV1::of),
            row("delete-policy", 1, 4, DeletePolicy.class, DeletePolicyV1.class, DeletePolicyV1::of),
            row("put-token", 1, 4, PutToken.class, PutTokenV1.class, PutTokenV1::of),
            row("delete-token", 1, 4, DeleteToken.class, DeleteTokenV1.class, DeleteTokenV1::of),
            row("forget-tokens", 1, 4, ForgetTokens.class, ForgetTokensV1.class, ForgetTokensV1::of),
            row("put-keyset", 1, 4, PutKeyset.class, PutKeysetV1.class, PutKeysetV1::of),
            row("reseal", 1, 4, Reseal.class, ResealV1.class, ResealV1::of));

    private static final Map<Class<?>, CommandSchema> NEWEST_BY_CLASS = new HashMap<>();
    private static final Map<String, Map<Integer, CommandSchema>> BY_TYPE = new HashMap<>();

    static {
        for (CommandSchema schema : TABLE) {
            NEWEST_BY_CLASS.put(schema.command, schema);
            CommandSchema twin = BY_TYPE.computeIfAbsent(schema.type, type -> new HashMap<>())
                    .put(schema.version, schema);
            if (twin != null) {
                throw new IllegalStateException("two rows for " + schema.type + " version " + schema.version);
            }
        }
    }

    /** The row that writes a command. */
    static CommandSchema of(Command command) {
        CommandSchema schema = NEWEST_BY_CLASS.get(command.getClass());
        if (schema == null) {
            throw new IllegalStateException(command.getClass().getName() + " has no row in CommandSchema.TABLE");
        }
        return schema;
    }

    /** The row that reads what the log names. */
    static CommandSchema of(String type, int version) {
        CommandSchema schema = BY_TYPE.getOrDefault(type, Map.of()).get(version);
        if (schema == null) {
            throw new UndecodableException(
                    "command '" + type + "' version " + version + " is unknown here; run a version that knows it",
                    null);
        }
        return schema;
    }

    private static <C extends Command, B extends CommandBody> CommandSchema row(
            String type, int version, int featureLevel, Class<C> command, Class<B> body, Function<C, B> freeze) {
        return new CommandSchema(
                type,
                version,
                featureLevel,
                command,
                any -> freeze.apply(command.cast(any)),
                SchemaJson.partReader(body),
                SchemaJson.partWriter(body));
    }
}
