package io.rollcall.client.balance;

/**
 * Draws by share in constant time. Each place of the table belongs to one candidate and, above a threshold, to another.
 *
 * @see <a href="https://doi.org/10.1109/32.92917">Vose, A linear algorithm for generating random numbers with a given
 *     distribution, 1991</a>
 */
final class AliasTable {

    private static final long WHOLE = 1L << 32;
    private static final long LOW = WHOLE - 1;

    // In 2^32nds of a place: below it the place is its owner's.
    private final long[] thresholds;
    private final int[] aliases;

    private AliasTable(int size) {
        this.thresholds = new long[size];
        this.aliases = new int[size];
    }

    static AliasTable of(Candidates candidates) {
        int size = candidates.size();
        AliasTable table = new AliasTable(size);
        double[] heights = new double[size];
        // Those below 1 from the left, those above from the right.
        int[] order = new int[size];
        int small = 0;
        int large = size;
        for (int i = 0; i < size; i++) {
            heights[i] = (double) candidates.endpoint(i).share() * size / candidates.totalShare();
            if (heights[i] < 1) {
                order[small++] = i;
            } else {
                order[--large] = i;
            }
        }
        table.fill(heights, order, small);
        return table;
    }

    private void fill(double[] heights, int[] order, int smallCount) {
        int small = 0;
        int large = smallCount;
        // What is filled up turns small itself, and is then the next small one: it stays at its place in the order.
        while (small < large && large < order.length) {
            int taker = order[small++];
            int giver = order[large];
            thresholds[taker] = (long) (heights[taker] * WHOLE);
            aliases[taker] = giver;
            heights[giver] -= 1 - heights[taker];
            if (heights[giver] < 1) {
                large++;
            }
        }
        // Only rounding can leave a small one without a giver.
        for (int i = small; i < order.length; i++) {
            thresholds[order[i]] = WHOLE;
            aliases[order[i]] = order[i];
        }
    }

    /** The candidate of a draw: its high bits give the place, its low ones the height in it. */
    int at(long draw) {
        int place = Hashes.below(aliases.length, draw);
        return (draw & LOW) < thresholds[place] ? place : aliases[place];
    }
}
