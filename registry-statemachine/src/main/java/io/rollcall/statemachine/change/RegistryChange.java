package io.rollcall.statemachine.change;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessToken;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Member;
import io.rollcall.statemachine.state.KeysetRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change that was applied, as readers see it. */
public sealed interface RegistryChange {

    /**
     * Returns the registry index of the change, unique to it but for tokens that are forgotten together.
     *
     * @return 1 or more
     */
    long index();

    /**
     * An instance appeared or changed.
     *
     * @param index registry index
     * @param before null if it appeared
     * @param after as it is now
     */
    record InstanceChanged(long index, @Nullable Instance before, Instance after) implements RegistryChange {}

    /**
     * An instance went.
     *
     * @param index registry index
     * @param before as it was
     */
    record InstanceRemoved(long index, Instance before) implements RegistryChange {}

    /**
     * The lease of an instance was noted. The instance itself did not change, nor any answer.
     *
     * @param index registry index
     * @param key which; it is registered
     * @param lastHeartbeatMillis its last beat by the wall clock of the leader of then, milliseconds since 1970; to be
     *     shown, never compared; 0 if it had not beaten
     * @param silentMillis how long it had been silent, in milliseconds; 0 once it has beaten again
     */
    record LeaseMarked(long index, InstanceKey key, long lastHeartbeatMillis, long silentMillis)
            implements RegistryChange {}

    /**
     * A configuration key has a new version.
     *
     * @param index registry index
     * @param before the version before, which may be a deletion; null if there was none
     * @param after the version now, which may be a deletion
     */
    record ConfigChanged(long index, @Nullable ConfigEntry before, ConfigEntry after) implements RegistryChange {}

    /**
     * A configuration key that was deleted long ago is not known any more. No answer changes: it was not there before.
     *
     * @param index registry index
     * @param before its deletion
     */
    record ConfigForgotten(long index, ConfigEntry before) implements RegistryChange {}

    /**
     * A policy appeared, changed or went.
     *
     * @param index registry index
     * @param name which
     * @param after as it is now; null if it went
     */
    record PolicyChanged(long index, String name, @Nullable AccessPolicy after) implements RegistryChange {}

    /**
     * A token appeared, changed or went.
     *
     * @param index registry index
     * @param id which
     * @param after as it is now; null if it went
     * @param secretHash SHA-256 of its secret, hexadecimal; empty for one without, or that went
     */
    record TokenChanged(long index, String id, @Nullable AccessToken after, String secretHash)
            implements RegistryChange {

        /** Without the hash: whoever has it can try secrets against it. */
        @Override
        public String toString() {
            return "TokenChanged[index=" + index + ", id=" + id + ", after=" + after + ", secretHash=***]";
        }
    }

    /**
     * The keys that secrets are sealed with changed, or it has gone on that all are sealed by the primary one.
     *
     * @param index registry index
     * @param keyset as it is now
     */
    record KeysetChanged(long index, KeysetRecord keyset) implements RegistryChange {}

    /**
     * The cluster learnt something of itself.
     *
     * @param index registry index
     * @param clusterId its id
     * @param featureLevel its feature level
     * @param members as announced, sorted by id
     */
    record ClusterChanged(long index, String clusterId, int featureLevel, List<Member> members)
            implements RegistryChange {}
}
