package io.rollcall.bench.etcd;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The messages of etcd's lease service that are needed, in protobuf's wire format. */
final class LeaseMessages {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private static final int VARINT_BYTES_MAX = 10;

    private static final int GRANT_TTL = 1;
    private static final int GRANT_ID = 2;
    private static final int KEEP_ALIVE_ID = 1;
    private static final int KEPT_ALIVE_TTL = 3;

    private LeaseMessages() {}

    /** A {@code LeaseGrantRequest}. */
    static byte[] grant(long id, long ttlSeconds) {
        var out = ByteBuffer.allocate(2 * (1 + VARINT_BYTES_MAX));
        putNumber(out, GRANT_TTL, ttlSeconds);
        putNumber(out, GRANT_ID, id);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** A {@code LeaseKeepAliveRequest}. */
    static byte[] keepAlive(long id) {
        var out = ByteBuffer.allocate(1 + VARINT_BYTES_MAX);
        putNumber(out, KEEP_ALIVE_ID, id);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** The seconds that a {@code LeaseKeepAliveResponse} grants; 0 if the lease is gone. */
    static long ttlSeconds(byte[] keptAlive) {
        var in = ByteBuffer.wrap(keptAlive);
        while (in.hasRemaining()) {
            var tag = varint(in);
            var field = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case VARINT -> {
                    var value = varint(in);
                    if (field == KEPT_ALIVE_TTL) {
                        return value;
                    }
                }
                case DELIMITED -> skip(in, varint(in));
                case FIXED_64 -> skip(in, Long.BYTES);
                case FIXED_32 -> skip(in, Integer.BYTES);
                default -> throw new IllegalArgumentException("no protobuf: tag " + tag);
            }
        }
        return 0;
    }

    private static void putNumber(ByteBuffer out, int field, long value) {
        out.put((byte) (field << 3 | VARINT));
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.put((byte) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static long varint(ByteBuffer in) {
        var value = 0L;
        for (var shift = 0; shift < 7 * VARINT_BYTES_MAX; shift += 7) {
            var b = in.get();
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("no protobuf: a number of over " + VARINT_BYTES_MAX + " bytes");
    }

    private static void skip(ByteBuffer in, long count) {
        in.position(Math.toIntExact(in.position() + count));
    }
}
