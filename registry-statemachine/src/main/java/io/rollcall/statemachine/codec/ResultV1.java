package io.rollcall.statemachine.codec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.rollcall.api.model.Instance;
import io.rollcall.statemachine.command.CommandResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A remembered result, version 1; part of the store. Written as {@code {"registered":{...}}}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = ResultV1.Registered.class, name = "registered"),
    @JsonSubTypes.Type(value = ResultV1.BatchRegistered.class, name = "batch-registered"),
    @JsonSubTypes.Type(value = ResultV1.Deregistered.class, name = "deregistered"),
    @JsonSubTypes.Type(value = ResultV1.DeregisteredMany.class, name = "deregistered-many"),
    @JsonSubTypes.Type(value = ResultV1.DeregisteredSome.class, name = "deregistered-some"),
    @JsonSubTypes.Type(value = ResultV1.Owned.class, name = "owned"),
    @JsonSubTypes.Type(value = ResultV1.OperatorWordSet.class, name = "operator-word-set"),
    @JsonSubTypes.Type(value = ResultV1.Judged.class, name = "judged"),
    @JsonSubTypes.Type(value = ResultV1.HistoryTrimmed.class, name = "history-trimmed"),
    @JsonSubTypes.Type(value = ResultV1.ConfigStored.class, name = "config-stored"),
    @JsonSubTypes.Type(value = ResultV1.ConfigRefused.class, name = "config-refused"),
    @JsonSubTypes.Type(value = ResultV1.PolicyStored.class, name = "policy-stored"),
    @JsonSubTypes.Type(value = ResultV1.TokenStored.class, name = "token-stored"),
    @JsonSubTypes.Type(value = ResultV1.AclRefused.class, name = "acl-refused"),
    @JsonSubTypes.Type(value = ResultV1.Acknowledged.class, name = "acknowledged"),
    @JsonSubTypes.Type(value = ResultV1.Refused.class, name = "refused")
})
sealed interface ResultV1 {

    /** The result that it stands for. */
    CommandResult thaw();

    /** The schema of a result. A result that nobody handles here fails a test, which walks them all. */
    static ResultV1 of(CommandResult result) {
        String owner = Owned.ownerIn(result);
        return owner == null ? ofUnowned(result) : new Owned(owner, ofUnowned(result));
    }

    private static ResultV1 ofUnowned(CommandResult result) {
        if (result instanceof CommandResult.Registered it) {
            return new Registered(it.index(), InstanceV1.of(it.instance()), it.created());
        }
        if (result instanceof CommandResult.BatchRegistered it) {
            return new BatchRegistered(
                    it.index(),
                    it.applied(),
                    it.items().stream().map(ResultV1::of).toList());
        }
        if (result instanceof CommandResult.Deregistered it) {
            return new Deregistered(it.index(), KeyV1.of(it.key()), it.incarnation());
        }
        if (result instanceof CommandResult.DeregisteredMany it) {
            return it.refused() == 0
                    ? new DeregisteredMany(it.index(), it.removed())
                    : new DeregisteredSome(it.index(), it.removed(), it.refused());
        }
        if (result instanceof CommandResult.OperatorWordSet it) {
            return new OperatorWordSet(it.index(), InstanceV1.of(it.instance()));
        }
        if (result instanceof CommandResult.Judged it) {
            return new Judged(it.index(), it.taken());
        }
        if (result instanceof CommandResult.HistoryTrimmed it) {
            return new HistoryTrimmed(it.index(), it.removed());
        }
        if (result instanceof CommandResult.ConfigStored it) {
            return new ConfigStored(it.index(), ConfigRecordV1.of(it.entry()), it.created());
        }
        if (result instanceof CommandResult.ConfigRefused it) {
            return new ConfigRefused(it.index(), WireEnum.CONFIG_REASON.name(it.reason()), it.modifyIndex());
        }
        if (result instanceof CommandResult.PolicyStored it) {
            return new PolicyStored(it.index(), PolicyV1.of(it.policy()), it.created());
        }
        if (result instanceof CommandResult.TokenStored it) {
            return new TokenStored(it.index(), TokenV1.of(it.token()), it.created());
        }
        if (result instanceof CommandResult.AclRefused it) {
            return new AclRefused(it.index(), WireEnum.ACL_REASON.name(it.reason()), it.modifyIndex());
        }
        if (result instanceof CommandResult.Acknowledged it) {
            return new Acknowledged(it.index());
        }
        if (result instanceof CommandResult.Refused it) {
            Instance present = it.present();
            return new Refused(
                    it.index(),
                    WireEnum.REASON.name(it.reason()),
                    present == null ? null : InstanceV1.of(present),
                    it.currentIncarnation());
        }
        throw new IllegalStateException(result.getClass().getName() + " has no schema in ResultV1");
    }

    /** {@link CommandResult.Registered}, version 1. */
    record Registered(long index, InstanceV1 instance, boolean created) implements ResultV1 {
        @Override
        public CommandResult thaw() {
            return new CommandResult.Registered(index, instance.thaw(), created);
        }
    }

    /** {@link CommandResult.BatchRegistered}, version 1. */
    record BatchRegistered(long index, boolean applied, List<ResultV1> items) implements ResultV1 {
        @Override
        public CommandResult thaw() {
            return new CommandResult.BatchRegistered(
                    index, applied, items.stream().map(ResultV1::thaw).toList());
        }
    }

    /** {@link CommandResult.Deregistered}, version 1. */
    record Deregistered(long index, KeyV1 key, long incarnation) implements ResultV1 {
        @Override
        public CommandResult thaw() {
            return new CommandResult.Deregistered(index, key.thaw(), incarnation);
        }
    }

    /** {@link CommandResult.DeregisteredMany}, version 1. */
    record DeregisteredMany(long index, int removed) implements ResultV1 {
        @Override
        public CommandResult thaw() {
            return new CommandResult.DeregisteredMany(index, removed, 0);
        }
    }

    /** {@link CommandResult.DeregisteredMany} of which some were refused, version 1. */
    record DeregisteredSome(long index, int removed, int refused) implements ResultV1 {
        @Override
        public CommandResult thaw() {
            return new CommandResult.DeregisteredMany(index, removed, refused);
        }
    }

    /**
     * A result that tells of an instance with an owner, version 1: the owner beside what the result would be without one.
     */
    record Owned(String owner, ResultV1 result) implements ResultV1 {

        /** The owner of the instance that a result tells of; null if it tells of none, or nobody owns it. */
        static @Nullable String ownerIn(CommandResult result) {
            Instance told = null;
            if (result instanceof CommandResult.Registered it) {
                told = it.instance();
            } else if (result instanceof CommandResult.OperatorWordSet it) {
                told = it.instance();
            } else if (result instanceof CommandResult.Refused it) {
                told = it.present();
            }
            return told == null ? null : told.owner();
        }

        @Override
        public CommandResult thaw() {
            CommandResult unowned = result.thaw();
            if (unowned instanceof CommandResult.Registered it) {
                return new CommandResult.Registered(it.index(), it.instance().ownedBy(owner), it.created());
            }
            if (unowned instanceof CommandResult.OperatorWordSet it) {
                return new CommandResult.OperatorWordSet(
                        it.index(), it.instance().ownedBy(owner));
            }
            if (unowned instanceof CommandResult.Refused it && it.present() != null) {
                return new CommandResult.Refused(
                        it.index(), it.reason(), it.present().ownedBy(owner), it.currentIncarnation());
            }
            throw new UndecodableException("a result that tells of no instance has an owner", null);
        }
    }

    /** {@link CommandResult.OperatorWordSet}, version 1. */
    record OperatorWordSet(long index, InstanceV1 instance) implements ResultV1 {
        @Override
        public CommandResult thaw() {
            return new CommandResult.OperatorWordSet(index, instance.thaw());
        }
    }

    /**
     * {@link CommandResult.Judged}, version 1. No store holds one, since verdicts are not remembered; it is here so that
     * every result has a form, whatever is remembered one day.
     */
    record Judged(long index, List<Boolean> taken) implements ResultV1 {
        @Override
        public CommandResult thaw() {
            return new CommandResult.Judged(index, taken);
        }
    }

    /** {@link CommandResult.HistoryTrimmed}, version 1. It is not remembered either. */
    record HistoryTrimmed(long index, int removed) implements ResultV1 {
        @Override
        public CommandResult thaw() {
            return new CommandResult.HistoryTrimmed(index, removed);
        }
    }

    /** {@link CommandResult.ConfigStored}, version 1. */
    record ConfigStored(long index, ConfigRecordV1 entry, boolean created) implements ResultV1 {
        @Override
        public CommandResult thaw() {
            return new CommandResult.ConfigStored(index, entry.thaw().toEntry(), created);
        }
    }

    /** {@link CommandResult.ConfigRefused}, version 1. */
    record ConfigRefused(long index, String reason, long modifyIndex) implements ResultV1 {
        @Override
        public CommandResult thaw() {
            return new CommandResult.ConfigRefused(index, WireEnum.CONFIG_REASON.parse(reason), modifyIndex);
        }
    }

    /** {@link CommandResult.PolicyStored}, version 1. */
    record PolicyStored(long index, PolicyV1 policy, boolean created) implements ResultV1 {
        @Override
        public CommandResult thaw() {
            return new CommandResult.PolicyStored(index, policy.thaw(), created);
        }
    }

    /** {@link CommandResult.TokenStored}, version 1: the hash of the secret is no part of it. */
    record TokenStored(long index, TokenV1 token, boolean created) implements ResultV1 {
        @Override
        public CommandResult thaw() {
            return new CommandResult.TokenStored(index, token.thaw(), created);
        }
    }

    /** {@link CommandResult.AclRefused}, version 1. */
    record AclRefused(long index, String reason, long modifyIndex) implements ResultV1 {
        @Override
        public CommandResult thaw() {
            return new CommandResult.AclRefused(index, WireEnum.ACL_REASON.parse(reason), modifyIndex);
        }
    }

    /** {@link CommandResult.Acknowledged}, version 1. */
    record Acknowledged(long index) implements ResultV1 {
        @Override
        public CommandResult thaw() {
            return new CommandResult.Acknowledged(index);
        }
    }

    /** {@link CommandResult.Refused}, version 1. */
    record Refused(
            long index, String reason, @MayBeNull @Nullable InstanceV1 present, long currentIncarnation)
            implements ResultV1 {
        @Override
        public CommandResult thaw() {
            return new CommandResult.Refused(
                    index, WireEnum.REASON.parse(reason), present == null ? null : present.thaw(), currentIncarnation);
        }
    }
}
