package io.rollcall.client.balance;

/**
 * Numbers that are spread evenly and the same in every process, so that all callers put a key at the same place: FNV-1a
 * (Fowler, Noll, Vo) over the characters of a text, then the finaliser of MurmurHash3 (Appleby), since FNV alone leaves
 * the high bits of short texts alike.
 */
final class Hashes {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Hashes() {}

    static long of(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            hash = (hash ^ (c & 0xff)) * FNV_PRIME;
            hash = (hash ^ (c >>> 8)) * FNV_PRIME;
        }
        return mixed(hash);
    }

    /** A bijection, so that different numbers stay different. */
    static long mixed(long number) {
        long hash = number;
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    /** Where a draw of 64 evenly spread bits falls among {@code bound} places; a multiplication instead of a division. */
    static int below(int bound, long draw) {
        return (int) (((draw >>> 32) * bound) >>> 32);
    }
}
