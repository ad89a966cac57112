package io.rollcall.client.balance;

import java.util.Arrays;

/**
 * A circle of points, several an instance by its weight. A key belongs to the first point at or after its own place; when
 * an instance goes, its points go, and no other key moves.
 *
 * <p>How many points an instance has depends on its weight, on the largest weight by its power of four (up to 64, 256,
 * 1024 and so on), and beyond 8,192 instances on their number by its power of two. Only where one of these two steps is
 * crossed a change moves half of the other keys. What changes by itself, such as slow start, is no matter of the ring.
 *
 * @see <a href="https://doi.org/10.1145/258533.258660">Karger et al., Consistent hashing and random trees, 1997</a>
 */
final class HashRing {

    /** Of an instance of the largest weight in its step, where the ring has room. */
    static final int POINTS_MAX = 256;

    /** The same where it has not. */
    static final int POINTS_MIN = 16;

    private static final int ROOM = 1 << 21;
    private static final int OWNER_BITS = 24;
    private static final int OWNER_MASK = (1 << OWNER_BITS) - 1;
    private static final long POINT_STEP = 0x9e3779b97f4a7c15L;

    // Sorted; place in the upper bits without a sign, owner in the lower ones.
    private final long[] points;
    // The first point of each slice of the circle, for all slices and one beyond.
    private final int[] firsts;
    private final int sliceShift;

    private HashRing(long[] points) {
        this.points = points;
        int sliceBits = Integer.SIZE - Integer.numberOfLeadingZeros(points.length);
        this.sliceShift = Long.SIZE - 1 - sliceBits;
        this.firsts = new int[(1 << sliceBits) + 1];
        int point = 0;
        for (int slice = 0; slice < firsts.length; slice++) {
            while (point < points.length && (points[point] >>> sliceShift) < slice) {
                point++;
            }
            firsts[slice] = point;
        }
    }

    static HashRing of(Candidates candidates) {
        int size = candidates.size();
        if (size > OWNER_MASK) {
            throw new IllegalArgumentException(size + " candidates are more than a ring holds: " + OWNER_MASK);
        }
        int weightMax = 1;
        for (int i = 0; i < size; i++) {
            weightMax = Math.max(weightMax, weight(candidates, i));
        }
        int pointsMax = Math.min(POINTS_MAX, Math.max(POINTS_MIN, ROOM / powerOfTwoAtLeast(size)));
        double pointsPerWeight = (double) pointsMax / powerOfFourAtLeast(weightMax);
        long[] points = new long[size * pointsMax];
        int count = 0;
        for (int i = 0; i < size; i++) {
            int own = Math.max(1, (int) Math.round(weight(candidates, i) * pointsPerWeight));
            long place = Hashes.of(candidates.endpoint(i).instance().key().id().value());
            for (int k = 0; k < own; k++) {
                points[count++] = placeOf(Hashes.mixed(place + k * POINT_STEP)) | i;
            }
        }
        long[] used = Arrays.copyOf(points, count);
        Arrays.sort(used);
        return new HashRing(used);
    }

    /** How many points there are. */
    int size() {
        return points.length;
    }

    /** The number of the first point at or after the place of a hash. */
    int pointAt(long hash) {
        long place = placeOf(hash);
        int point = firsts[(int) (place >>> sliceShift)];
        while (point < points.length && points[point] < place) {
            point++;
        }
        return point == points.length ? 0 : point;
    }

    /** The next point around the circle. */
    int after(int point) {
        return point + 1 == points.length ? 0 : point + 1;
    }

    /** The index of the candidate that a point belongs to. */
    int owner(int point) {
        return (int) points[point] & OWNER_MASK;
    }

    /** The same instances in the same order with the same weights. */
    static boolean isSame(Candidates one, Candidates other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (weight(one, i) != weight(other, i)
                    || !one.endpoint(i)
                            .instance()
                            .key()
                            .id()
                            .equals(other.endpoint(i).instance().key().id())) {
                return false;
            }
        }
        return true;
    }

    private static long placeOf(long hash) {
        return (hash >>> 1) & ~(long) OWNER_MASK;
    }

    private static int weight(Candidates candidates, int i) {
        return candidates.endpoint(i).instance().registration().weight();
    }

    private static int powerOfTwoAtLeast(int number) {
        return number == 1 ? 1 : Integer.highestOneBit(number - 1) << 1;
    }

    private static int powerOfFourAtLeast(int number) {
        int power = powerOfTwoAtLeast(number);
        return Integer.numberOfTrailingZeros(power) % 2 == 0 ? power : power * 2;
    }
}
