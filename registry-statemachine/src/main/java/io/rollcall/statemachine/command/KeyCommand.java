package io.rollcall.statemachine.command;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.InstanceKey;
import java.util.List;
import java.util.SortedMap;

/** A change of the keys that secrets are sealed with, or of seals. */
public sealed interface KeyCommand extends Command {

    /**
     * Changes the keys that secrets are sealed with: puts the first, adds one that seals from now on, or takes away those
     * that nothing needs any more.
     *
     * @param header request id and context
     * @param after the version that is changed; 0 if there is none yet
     * @param wrapped the keys, sealed by the master key
     * @param masterKeyId which master key that is
     * @param primaryKeyId of the key that seals
     * @param keyIds of the keys that open, the primary among them
     */
    record PutKeyset(
            CommandHeader header, long after, String wrapped, String masterKeyId, long primaryKeyId, List<Long> keyIds)
            implements KeyCommand {
        /** Copies the list. */
        public PutKeyset {
            keyIds = List.copyOf(keyIds);
        }

        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.putKeyset(this);
        }
    }

    /**
     * Seals what is there by the primary key. Nothing changes for readers: what has changed or gone since it was read is
     * left alone. Fenced and not remembered like {@link Command.Judge}.
     *
     * @param header request id and context
     * @param term the Raft term in which the leader read it
     * @param keyset the version of the keys that it was sealed with
     * @param instances with new seals
     * @param values with new seals
     * @param events with new seals
     * @param done how many records were looked at so far
     * @param total how many there are about
     * @param complete whether nothing but remembered requests is left
     */
    record Reseal(
            CommandHeader header,
            long term,
            long keyset,
            List<ResealedInstance> instances,
            List<ResealedValue> values,
            List<ResealedEvent> events,
            long done,
            long total,
            boolean complete)
            implements KeyCommand {
        /** Copies the lists. */
        public Reseal {
            instances = List.copyOf(instances);
            values = List.copyOf(values);
            events = List.copyOf(events);
        }

        /**
         * The secrets of an instance.
         *
         * @param key which
         * @param modifyIndex its last change when it was read
         * @param metadata sealed
         * @param headers of its check, sealed
         */
        public record ResealedInstance(
                InstanceKey key,
                long modifyIndex,
                SortedMap<String, String> metadata,
                SortedMap<String, String> headers) {}

        /**
         * The value of a version of a configuration key.
         *
         * @param key which key
         * @param version which of its versions
         * @param modifyIndex registry index of the version
         * @param value sealed
         */
        public record ResealedValue(ConfigKey key, long version, long modifyIndex, ConfigValue value) {}

        /**
         * The secrets of what was before a change of an instance.
         *
         * @param key which instance
         * @param index registry index of the change
         * @param metadata sealed
         * @param headers of its check, sealed
         */
        public record ResealedEvent(
                InstanceKey key, long index, SortedMap<String, String> metadata, SortedMap<String, String> headers) {}

        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.reseal(this);
        }

        @Override
        public boolean isRemembered() {
            return false;
        }
    }
}
