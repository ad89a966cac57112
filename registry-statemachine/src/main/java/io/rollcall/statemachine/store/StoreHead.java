package io.rollcall.statemachine.store;

import io.rollcall.statemachine.state.AppliedPosition;
import java.nio.ByteBuffer;

/** How far the store has come, as one value that is written with every batch. Immutable. */
final class StoreHead {

    /** Of a store that nothing was written to. */
    static final StoreHead EMPTY = new StoreHead(AppliedPosition.START, StateDigest.EMPTY, Keys.FIRST, Keys.FIRST);

    private static final int FIXED_BYTES = 4 * Long.BYTES + StateDigest.BYTES + 2 * Integer.BYTES;

    private final AppliedPosition position;
    private final StateDigest digest;
    private final byte[] firstRequestTime;
    private final byte[] firstTombstoneTime;

    StoreHead(AppliedPosition position, StateDigest digest, byte[] firstRequestTime, byte[] firstTombstoneTime) {
        this.position = position;
        this.digest = digest;
        this.firstRequestTime = firstRequestTime;
        this.firstTombstoneTime = firstTombstoneTime;
    }

    AppliedPosition position() {
        return position;
    }

    StateDigest digest() {
        return digest;
    }

    /**
     * A key before which the index by time holds nothing. Old entries are removed from its begin on, and a search that
     * began at the first key would go over the traces of all of them until RocksDB compacts.
     */
    byte[] firstRequestTime() {
        return firstRequestTime;
    }

    /** The same of tombstones. */
    byte[] firstTombstoneTime() {
        return firstTombstoneTime;
    }

    byte[] bytes() {
        return ByteBuffer.allocate(FIXED_BYTES + firstRequestTime.length + firstTombstoneTime.length)
                .putLong(position.term())
                .putLong(position.logIndex())
                .putLong(position.registryIndex())
                .putLong(position.clockMillis())
                .put(digest.bytes())
                .putInt(firstRequestTime.length)
                .put(firstRequestTime)
                .putInt(firstTombstoneTime.length)
                .put(firstTombstoneTime)
                .array();
    }

    static StoreHead read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new StoreHead(
                new AppliedPosition(in.getLong(), in.getLong(), in.getLong(), in.getLong()),
                StateDigest.read(in),
                readKey(in),
                readKey(in));
    }

    private static byte[] readKey(ByteBuffer in) {
        byte[] key = new byte[in.getInt()];
        in.get(key);
        return key;
    }
}
