package io.rollcall.statemachine.command;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Member;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.api.model.Registration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change that is asked for. It travels through the log, so its meaning never changes once shipped: a new meaning is a
 * new command or a new version of its schema. {@link CommandCases} makes the compiler name what nobody handles.
 */
public sealed interface Command
        permits Command.RegisterInstance,
                Command.RegisterBatch,
                Command.DeregisterInstance,
                Command.DeregisterMany,
                Command.SetOperatorWord,
                Command.FoundCluster,
                Command.AnnounceMember,
                Command.RaiseFeatureLevel,
                Command.Judge,
                Command.CheckpointLeases,
                Command.TrimHistory,
                Command.PutConfig,
                Command.DeleteConfig,
                Command.RollbackConfig,
                Command.ForgetConfig,
                AclCommand,
                KeyCommand {

    /**
     * Returns request id and context.
     *
     * @return the header
     */
    CommandHeader header();

    /**
     * Calls the case of this command.
     *
     * @param cases one method a command
     * @param <R> what the cases return
     * @return what the case returned
     */
    <R> R match(CommandCases<R> cases);

    /**
     * Tells whether the command is remembered as a request, so that its repetition is answered and not applied. What a
     * term fences is not: it is tried once, and applying it again would change nothing.
     *
     * @return false for what the leader decides of its own accord
     */
    default boolean isRemembered() {
        return true;
    }

    /**
     * How a registration treats what is already there.
     */
    enum RegisterMode {
        /** Refuse if the id is registered. */
        CREATE,
        /** Replace, but not a live instance at another address. */
        UPSERT,
        /** Replace whatever is there. */
        TAKE_OVER
    }

    /**
     * Registers one instance.
     *
     * @param header request id and context
     * @param registration what its provider said
     * @param mode how to treat what is there
     * @param precondition what must hold of what is there
     */
    record RegisterInstance(
            CommandHeader header, Registration registration, RegisterMode mode, Precondition precondition)
            implements Command {
        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.registerInstance(this);
        }
    }

    /**
     * Registers many instances, each as if alone, or all or none.
     *
     * @param header request id and context
     * @param registrations at least one, no key twice
     * @param mode how to treat what is there
     * @param atomic whether one refusal refuses all
     */
    record RegisterBatch(CommandHeader header, List<Registration> registrations, RegisterMode mode, boolean atomic)
            implements Command {
        /** Copies the list. */
        public RegisterBatch {
            registrations = List.copyOf(registrations);
        }

        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.registerBatch(this);
        }
    }

    /**
     * Removes one instance.
     *
     * @param header request id and context
     * @param key which
     * @param incarnation the incarnation that is meant; null: whichever is there
     * @param precondition what must hold of what is there
     */
    record DeregisterInstance(
            CommandHeader header, InstanceKey key, @Nullable Long incarnation, Precondition precondition)
            implements Command {
        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.deregisterInstance(this);
        }
    }

    /**
     * Removes many instances; one that changed since it was chosen is left alone.
     *
     * @param header request id and context
     * @param targets at least one, no key twice
     */
    record DeregisterMany(CommandHeader header, List<Target> targets) implements Command {
        /** Copies the list. */
        public DeregisterMany {
            targets = List.copyOf(targets);
        }

        /**
         * An instance as it was when it was chosen.
         *
         * @param key which
         * @param modifyIndex its last change then
         */
        public record Target(InstanceKey key, long modifyIndex) {}

        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.deregisterMany(this);
        }
    }

    /**
     * Sets or takes back the operator's word on an instance.
     *
     * @param header request id and context
     * @param key which
     * @param word null takes it back
     */
    record SetOperatorWord(
            CommandHeader header, InstanceKey key, @Nullable OperatorWord word) implements Command {
        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.setOperatorWord(this);
        }
    }

    /**
     * Names the cluster; the first one in the log wins.
     *
     * @param header request id and context
     * @param clusterId random, drawn by the founding leader
     */
    record FoundCluster(CommandHeader header, String clusterId) implements Command {
        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.foundCluster(this);
        }
    }

    /**
     * Tells the cluster a member's address and the newest feature level that it can read.
     *
     * @param header request id and context
     * @param member as it is now
     */
    record AnnounceMember(CommandHeader header, Member member) implements Command {
        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.announceMember(this);
        }
    }

    /**
     * Allows commands of a newer level once every announced member can read them.
     *
     * @param header request id and context
     * @param level the new level
     */
    record RaiseFeatureLevel(CommandHeader header, int level) implements Command {
        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.raiseFeatureLevel(this);
        }
    }

    /**
     * Tells what the leader decided about instances, each as if alone. It is ignored as a whole if it was not appended in
     * the term in which it was decided. It is no request, and not remembered as one.
     *
     * @param header request id and context
     * @param term the Raft term in which the leader decided
     * @param verdicts at least one; a later one sees what the earlier ones did
     */
    record Judge(CommandHeader header, long term, List<Verdict> verdicts) implements Command {
        /** Copies the list. */
        public Judge {
            verdicts = List.copyOf(verdicts);
        }

        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.judge(this);
        }

        @Override
        public boolean isRemembered() {
            return false;
        }
    }

    /**
     * Keeps how leases stand, so that a later leader need not begin anew with long ones. It changes no instance, and is
     * fenced and not remembered like {@link Judge}.
     *
     * @param header request id and context
     * @param term the Raft term in which the leader looked
     * @param leases at least one, no key twice
     */
    record CheckpointLeases(CommandHeader header, long term, List<LeaseAge> leases) implements Command {
        /** Copies the list. */
        public CheckpointLeases {
            leases = List.copyOf(leases);
        }

        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.checkpointLeases(this);
        }

        @Override
        public boolean isRemembered() {
            return false;
        }
    }

    /**
     * Forgets the oldest events of the history: those before a time, and more while what is left takes too much. It
     * changes no instance, and is fenced and not remembered like {@link Judge}.
     *
     * @param header request id and context
     * @param term the Raft term in which the leader looked
     * @param beforeMillis events before it go, milliseconds since 1970 by the replicated clock
     * @param keepBytes what the events that stay may take, 0 or more
     * @param limit at most so many go, 1 to {@value #MAX_LIMIT}: an entry must not take long to apply
     */
    record TrimHistory(CommandHeader header, long term, long beforeMillis, long keepBytes, int limit)
            implements Command {

        /** Most events that one command forgets. */
        public static final int MAX_LIMIT = 10_000;

        /** Refuses a limit out of range. */
        public TrimHistory {
            if (limit < 1 || limit > MAX_LIMIT) {
                throw new IllegalArgumentException("limit " + limit + " is not 1 to " + MAX_LIMIT);
            }
        }

        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.trimHistory(this);
        }

        @Override
        public boolean isRemembered() {
            return false;
        }
    }

    /**
     * Makes a new version of a configuration key.
     *
     * @param header request id and context
     * @param key which
     * @param contentType what the value is
     * @param secret whether it is kept from plain reads
     * @param value it
     * @param precondition what must hold of what is there
     */
    record PutConfig(
            CommandHeader header,
            ConfigKey key,
            ContentType contentType,
            boolean secret,
            ConfigValue value,
            Precondition precondition)
            implements Command {
        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.putConfig(this);
        }
    }

    /**
     * Deletes a configuration key; its versions stay to be looked at and had back.
     *
     * @param header request id and context
     * @param key which
     * @param precondition what must hold of what is there
     */
    record DeleteConfig(CommandHeader header, ConfigKey key, Precondition precondition) implements Command {
        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.deleteConfig(this);
        }
    }

    /**
     * Makes the value of an earlier version of a configuration key its newest one, also after a deletion.
     *
     * @param header request id and context
     * @param key which
     * @param version the earlier one, 1 or more
     * @param precondition what must hold of what is there
     */
    record RollbackConfig(CommandHeader header, ConfigKey key, long version, Precondition precondition)
            implements Command {
        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.rollbackConfig(this);
        }
    }

    /**
     * Forgets a configuration key that was deleted, its oldest versions first, and the key itself with the last of them. A
     * key that is not deleted, or not long enough ago, is left alone. Fenced and not remembered like {@link Judge}.
     *
     * @param header request id and context
     * @param term the Raft term in which the leader looked
     * @param key which
     * @param beforeMillis it goes if it was deleted before, milliseconds since 1970 by the replicated clock
     * @param limit at most so many versions go, 1 to {@value #MAX_LIMIT}: each may have a large value, and an entry must not
     *     take long to apply
     */
    record ForgetConfig(CommandHeader header, long term, ConfigKey key, long beforeMillis, int limit)
            implements Command {

        /** Most versions that one command forgets. */
        public static final int MAX_LIMIT = 100;

        /** Refuses a limit out of range. */
        public ForgetConfig {
            if (limit < 1 || limit > MAX_LIMIT) {
                throw new IllegalArgumentException("limit " + limit + " is not 1 to " + MAX_LIMIT);
            }
        }

        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.forgetConfig(this);
        }

        @Override
        public boolean isRemembered() {
            return false;
        }
    }
}
