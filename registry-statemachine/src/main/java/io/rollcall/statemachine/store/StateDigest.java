package io.rollcall.statemachine.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A hash of a set of entries that does not depend on their order: the sum of the SHA-256 of each, in four lanes of 64
 * bits. An entry is added and taken away at the cost of its own hash, so the hash of the whole state follows each
 * change. It finds faults; against somebody who searches for collisions it is no protection.
 *
 * @param lane0 bits 0 to 63
 * @param lane1 bits 64 to 127
 * @param lane2 bits 128 to 191
 * @param lane3 bits 192 to 255
 */
record StateDigest(long lane0, long lane1, long lane2, long lane3) {

    /** Of no entries. */
    static final StateDigest EMPTY = new StateDigest(0, 0, 0, 0);

    /** Length of its bytes. */
    static final int BYTES = 4 * Long.BYTES;

    StateDigest plus(StateDigest other) {
        return new StateDigest(lane0 + other.lane0, lane1 + other.lane1, lane2 + other.lane2, lane3 + other.lane3);
    }

    StateDigest minus(StateDigest other) {
        return new StateDigest(lane0 - other.lane0, lane1 - other.lane1, lane2 - other.lane2, lane3 - other.lane3);
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(lane0)
                .putLong(lane1)
                .putLong(lane2)
                .putLong(lane3)
                .array();
    }

    static StateDigest read(ByteBuffer bytes) {
        return new StateDigest(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    /** The state hash: of the entries and of the registry index that they stand at; 64 hexadecimal characters. */
    String at(long registryIndex) {
        MessageDigest sha = sha256();
        sha.update(bytes());
        sha.update(ByteBuffer.allocate(Long.BYTES).putLong(registryIndex).array());
        return HexFormat.of().formatHex(sha.digest());
    }

    /** Hashes single entries; for one thread. */
    static final class Hasher {

        private final MessageDigest sha = sha256();
        private final byte[] prefix = new byte[1 + Integer.BYTES];

        StateDigest entry(ColumnFamily family, byte[] key, byte[] value) {
            // The key's length keeps apart what would read the same joined together.
            ByteBuffer.wrap(prefix).put((byte) family.id()).putInt(key.length);
            sha.update(prefix);
            sha.update(key);
            sha.update(value);
            return read(ByteBuffer.wrap(sha.digest()));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
