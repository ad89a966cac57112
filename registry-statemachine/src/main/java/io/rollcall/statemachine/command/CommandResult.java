package io.rollcall.statemachine.command;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessToken;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a command came to. Refusals are results, never exceptions. */
public sealed interface CommandResult {

    /**
     * Returns the registry index of the command.
     *
     * @return 1 or more
     */
    long index();

    /**
     * An instance was registered.
     *
     * @param index registry index
     * @param instance as registered
     * @param created false if an instance of the same id was replaced
     */
    record Registered(long index, Instance instance, boolean created) implements CommandResult {}

    /**
     * A batch was gone through.
     *
     * @param index registry index of its last item
     * @param applied false if an atomic batch was refused as a whole
     * @param items {@link Registered} or {@link Refused}, one an item, in order; of an atomic batch that was refused,
     *     what each would have come to
     */
    record BatchRegistered(long index, boolean applied, List<CommandResult> items) implements CommandResult {
        /** Copies the list. */
        public BatchRegistered {
            items = List.copyOf(items);
        }
    }

    /**
     * An instance was removed.
     *
     * @param index registry index
     * @param key which
     * @param incarnation the one that was removed
     */
    record Deregistered(long index, InstanceKey key, long incarnation) implements CommandResult {}

    /**
     * Instances were removed.
     *
     * @param index registry index of the last
     * @param removed how many
     * @param refused how many were left alone because another identity owns them
     */
    record DeregisteredMany(long index, int removed, int refused) implements CommandResult {}

    /**
     * The operator's word was set or taken back.
     *
     * @param index registry index
     * @param instance as it is now
     */
    record OperatorWordSet(long index, Instance instance) implements CommandResult {}

    /**
     * Verdicts were gone through. It is answered once and never remembered.
     *
     * @param index registry index of the last
     * @param taken one a verdict, in order: whether it was still true and changed something; all false if the command
     *     came too late for its term
     */
    record Judged(long index, List<Boolean> taken) implements CommandResult {
        /** Copies the list. */
        public Judged {
            taken = List.copyOf(taken);
        }
    }

    /**
     * Old events of the history were forgotten. It is answered once and never remembered.
     *
     * @param index registry index
     * @param removed how many; 0 if there was nothing to forget or the command came too late for its term
     */
    record HistoryTrimmed(long index, int removed) implements CommandResult {}

    /**
     * A configuration key has a new version.
     *
     * @param index registry index
     * @param entry the version, which may be a deletion
     * @param created whether the key was not there before
     */
    record ConfigStored(long index, ConfigEntry entry, boolean created) implements CommandResult {}

    /**
     * A command about a configuration key was refused; nothing changed.
     *
     * @param index registry index
     * @param reason why
     * @param modifyIndex last change of the key; 0 if it is not there
     */
    record ConfigRefused(long index, ConfigReason reason, long modifyIndex) implements CommandResult {

        /** Why a command was refused. */
        public enum ConfigReason {
            /** The key is not there. */
            NOT_FOUND,
            /** The version was never there, is not kept any more, or is a deletion. */
            VERSION_NOT_FOUND,
            /** The precondition does not hold. */
            PRECONDITION_FAILED
        }
    }

    /**
     * A policy was made or replaced.
     *
     * @param index registry index
     * @param policy as it is now
     * @param created whether there was none of this name
     */
    record PolicyStored(long index, AccessPolicy policy, boolean created) implements CommandResult {}

    /**
     * A token was made or replaced.
     *
     * @param index registry index
     * @param token as it is now
     * @param created whether there was none of this id
     */
    record TokenStored(long index, AccessToken token, boolean created) implements CommandResult {}

    /**
     * A command about a token or a policy was refused; nothing changed.
     *
     * @param index registry index
     * @param reason why
     * @param modifyIndex last change of what is there; 0 if it is not there
     */
    record AclRefused(long index, AclReason reason, long modifyIndex) implements CommandResult {

        /** Why a command was refused. */
        public enum AclReason {
            /** It is not there. */
            NOT_FOUND,
            /** The precondition does not hold. */
            PRECONDITION_FAILED,
            /** The policy is built in: it cannot be changed. */
            BUILT_IN
        }
    }

    /**
     * A command that has nothing else to tell was applied, or had nothing to do.
     *
     * @param index registry index
     */
    record Acknowledged(long index) implements CommandResult {}

    /**
     * The command was refused; nothing changed.
     *
     * @param index registry index
     * @param reason why
     * @param present the instance that stands in the way, if one does
     * @param currentIncarnation of the present instance or of its tombstone; 0 if there is neither
     */
    record Refused(long index, Reason reason, @Nullable Instance present, long currentIncarnation)
            implements CommandResult {

        /** Why a command was refused. */
        public enum Reason {
            /** The id is registered. */
            ALREADY_EXISTS,
            /** A live instance at another address holds the id. */
            ADDRESS_CONFLICT,
            /** The instance is not registered. */
            NOT_FOUND,
            /** A newer incarnation is there, or was. */
            STALE_INCARNATION,
            /** The precondition does not hold. */
            PRECONDITION_FAILED,
            /** The request id belongs to another request. */
            REQUEST_ID_REUSED,
            /** Not every member can read the asked-for feature level. */
            FEATURE_LEVEL_UNSUPPORTED,
            /** Another identity owns the instance. */
            NOT_OWNER,
            /**
             * What is secret in the command is not sealed by the key that seals now. It says nothing of what was asked for,
             * so it is not remembered: sealed anew, the same request is taken.
             */
            SEAL_SUPERSEDED
        }
    }
}
