package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.server.app.access.Storage;
import io.rollcall.server.config.ConfigurationSettings;
import io.rollcall.server.view.ConfigSnapshot;
import io.rollcall.server.view.ConfigView;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.ConfigRefused;
import io.rollcall.statemachine.command.CommandResult.ConfigStored;
import io.rollcall.statemachine.command.CommandResult.Refused;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writing configuration: each change is a new version of its key. What comes out is committed on a majority and applied
 * here, or a rejection. Thread-safe; no method blocks.
 */
public final class Configuration {

    private final Writes writes;
    private final ConfigView view;
    private final ConfigStore store;
    private final ConfigurationSettings limits;
    private final Storage storage;

    /**
     * The configuration of a node.
     *
     * @param writes the way of all writes
     * @param view what is there now
     * @param store says how much of it there is
     * @param limits how much there may be; held to before the log, so that what is under way may go beyond a little
     * @param storage whether there is room at all
     */
    public Configuration(
            Writes writes, ConfigView view, ConfigStore store, ConfigurationSettings limits, Storage storage) {
        this.writes = writes;
        this.view = view;
        this.store = store;
        this.limits = limits;
        this.storage = storage;
    }

    /**
     * Gives a key a value.
     *
     * @param key which
     * @param contentType what the value is
     * @param secret whether it is kept from plain reads
     * @param value it
     * @param condition what must hold of what is there
     * @param context request id and circumstances
     * @return never fails
     */
    public CompletableFuture<ConfigOutcome> put(
            ConfigKey key,
            ContentType contentType,
            boolean secret,
            ConfigValue value,
            WriteCondition condition,
            RequestContext context) {
        Problem beyond = beyondLimits(key, value.size(), context);
        if (beyond != null) {
            return CompletableFuture.completedFuture(new ConfigOutcome.Rejected(beyond));
        }
        return write(
                key,
                context,
                header -> new Command.PutConfig(header, key, contentType, secret, value, condition.precondition()));
    }

    /**
     * Deletes a key; its versions stay.
     *
     * @param key which
     * @param condition what must hold of what is there
     * @param context request id and circumstances
     * @return never fails
     */
    public CompletableFuture<ConfigOutcome> delete(ConfigKey key, WriteCondition condition, RequestContext context) {
        return write(key, context, header -> new Command.DeleteConfig(header, key, condition.precondition()));
    }

    /**
     * Gives a key the value of an earlier version again.
     *
     * @param key which
     * @param version the earlier one, 1 or more
     * @param condition what must hold of what is there
     * @param context request id and circumstances
     * @return never fails
     */
    public CompletableFuture<ConfigOutcome> rollback(
            ConfigKey key, long version, WriteCondition condition, RequestContext context) {
        Problem beyond = beyondLimits(key, 0, context);
        if (beyond != null) {
            return CompletableFuture.completedFuture(new ConfigOutcome.Rejected(beyond));
        }
        return write(
                key, context, header -> new Command.RollbackConfig(header, key, version, condition.precondition()));
    }

    private @Nullable Problem beyondLimits(ConfigKey key, int size, RequestContext context) {
        String chosen = context.requestId();
        try {
            if (chosen != null && store.remembers(chosen)) {
                // It gets the first answer again.
                return null;
            }
            Problem refusal = storage.refusalOfConfiguration();
            if (refusal != null) {
                return refusal;
            }
            return tooManyKeys(key) ? Refusals.tooManyKeys(key, limits.maxKeys()) : tooManyBytes(store.bytes(), size);
        } catch (ConfigStore.BeingReplacedException e) {
            return Refusals.retryable(
                    ErrorCode.NOT_READY,
                    "a snapshot of the leader is replacing the state of this node; ask another node");
        }
    }

    private boolean tooManyKeys(ConfigKey key) {
        ConfigSnapshot present = view.current();
        return present.entry(key) == null && present.keys(key.namespace()) >= limits.maxKeys();
    }

    private @Nullable Problem tooManyBytes(long bytes, int size) {
        return bytes + size > limits.maxSizeBytes() ? Refusals.tooManyBytes(bytes, limits.maxSizeBytes()) : null;
    }

    private CompletableFuture<ConfigOutcome> write(
            ConfigKey key, RequestContext context, Function<CommandHeader, Command> command) {
        return writes.write(context, command, new Outcomes(key));
    }

    /** What the commands about one key come to. */
    private final class Outcomes implements Writes.Reading<ConfigOutcome> {

        private final ConfigKey key;

        private Outcomes(ConfigKey key) {
            this.key = key;
        }

        @Override
        public ConfigOutcome result(CommandResult result) {
            if (result instanceof ConfigStored stored) {
                return new ConfigOutcome.Stored(stored.index(), stored.entry(), stored.created());
            }
            if (result instanceof ConfigRefused refused) {
                return rejected(Refusals.of(refused, key));
            }
            if (result instanceof Refused refused) {
                return rejected(Refusals.of(refused, null, null));
            }
            throw new IllegalStateException("no write of configuration comes to " + result);
        }

        @Override
        public ConfigOutcome wouldBe(CommandResult result) {
            ConfigOutcome would = result(result);
            if (!(would instanceof ConfigOutcome.Stored stored)) {
                return would;
            }
            ConfigEntry before = view.current().entry(key);
            return new ConfigOutcome.DryRun(stored, before == null || before.deleted() ? null : before);
        }

        @Override
        public ConfigOutcome rejected(Problem problem) {
            return new ConfigOutcome.Rejected(problem);
        }
    }
}
