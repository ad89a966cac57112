package io.rollcall.statemachine.state;

import java.util.List;

/**
 * The keys that secrets are sealed with, themselves sealed by a master key that no node tells another. Where it is in the
 * state, nothing comes into it that is not sealed by its primary key.
 *
 * @param version counts from 1 with each change of the keys
 * @param wrapped the keys, sealed by the master key
 * @param masterKeyId which master key that is, so that a node which has another one can say so
 * @param primaryKeyId of the key that seals
 * @param keyIds of the keys that open, the primary among them
 * @param putAtMillis when this version came, milliseconds since 1970 by the replicated clock
 * @param phase how far it has come that everything is sealed by the primary key
 * @param done how many records were looked at since; shown, nothing more
 * @param total how many there are about; shown, nothing more
 * @param cleanAtMillis when nothing but remembered requests was left, milliseconds since 1970 by the replicated clock; 0
 *     before
 */
public record KeysetRecord(
        long version,
        String wrapped,
        String masterKeyId,
        long primaryKeyId,
        List<Long> keyIds,
        long putAtMillis,
        Phase phase,
        long done,
        long total,
        long cleanAtMillis) {

    /** Copies the list. */
    public KeysetRecord {
        keyIds = List.copyOf(keyIds);
        if (!keyIds.contains(primaryKeyId)) {
            throw new IllegalArgumentException("the primary key is not among the keys");
        }
    }

    /** How far it has come that everything is sealed by the primary key. */
    public enum Phase {
        /** Instances, configuration and history are gone through. */
        RESEALING,
        /** They are done; requests are remembered whose results are not sealed by it. */
        WAITING,
        /** Everything is. */
        SETTLED
    }

    /**
     * It was gone on.
     *
     * @param doneNow how many records were looked at
     * @param totalNow how many there are about
     * @return a copy
     */
    public KeysetRecord resealed(long doneNow, long totalNow) {
        return new KeysetRecord(
                version, wrapped, masterKeyId, primaryKeyId, keyIds, putAtMillis, phase, doneNow, totalNow, 0);
    }

    /**
     * Nothing but remembered requests is left.
     *
     * @param nowMillis by the replicated clock
     * @return a copy
     */
    public KeysetRecord clean(long nowMillis) {
        return new KeysetRecord(
                version,
                wrapped,
                masterKeyId,
                primaryKeyId,
                keyIds,
                putAtMillis,
                Phase.WAITING,
                done,
                Math.max(done, total),
                nowMillis);
    }
}
