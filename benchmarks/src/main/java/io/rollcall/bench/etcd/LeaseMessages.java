package io.rollcall.bench.etcd;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The messages of etcd's lease service that are needed. */
final class LeaseMessages {

    private static final int GRANT_TTL = 1;
    private static final int GRANT_ID = 2;
    private static final int KEEP_ALIVE_ID = 1;
    private static final int KEPT_ALIVE_TTL = 3;

    private LeaseMessages() {}

    /** A {@code LeaseGrantRequest}. */
    static byte[] grant(long id, long ttlSeconds) {
        var out = ByteBuffer.allocate(2 * (1 + Protobuf.VARINT_BYTES_MAX));
        Protobuf.putNumber(out, GRANT_TTL, ttlSeconds);
        Protobuf.putNumber(out, GRANT_ID, id);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** A {@code LeaseKeepAliveRequest}. */
    static byte[] keepAlive(long id) {
        var out = ByteBuffer.allocate(1 + Protobuf.VARINT_BYTES_MAX);
        Protobuf.putNumber(out, KEEP_ALIVE_ID, id);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** The seconds that a {@code LeaseKeepAliveResponse} grants; 0 if the lease is gone. */
    static long ttlSeconds(byte[] keptAlive) {
        return Protobuf.number(keptAlive, KEPT_ALIVE_TTL);
    }
}
