package io.rollcall.client.balance;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whose turn it is, by share and evenly spread, as nginx's smooth weighted round robin: shares 5, 1 and 1 give seven
 * turns without long runs. Within a cycle, which is the sum of the shares in lowest terms, each has exactly its share.
 *
 * <p>Turns are written ahead, and taking one is a single atomic step. A cycle that is short is written once and goes
 * round; a long one is written piece by piece, each when the piece before is used up.
 */
final class Turns {

    /** Longer cycles are written piece by piece. */
    static final int CYCLE_MAX = 1 << 16;

    private static final int PIECE = 1 << 12;

    private final TurnWriter writer;
    private final boolean isCycle;
    private volatile Piece piece;

    private Turns(TurnWriter writer, long start) {
        this.writer = writer;
        this.isCycle = writer.cycle() <= CYCLE_MAX;
        if (isCycle) {
            // Short ones several times, so that a new piece is rare.
            int cycle = (int) writer.cycle();
            int length = cycle * Math.max(1, PIECE / cycle);
            this.piece = new Piece(writer.write(length), Hashes.below(length, start));
        } else {
            writer.skipTo(start);
            this.piece = new Piece(writer.write(PIECE), 0);
        }
    }

    /**
     * Turns by share.
     *
     * @param shares at least one, each above 0
     * @param start 64 random bits: where in the cycle to begin, so that callers do not march in step
     */
    static Turns of(int[] shares, long start) {
        return new Turns(new TurnWriter(shares), start);
    }

    /** The index of the share whose turn it is. */
    int next() {
        while (true) {
            Piece current = piece;
            int i = current.next.getAndIncrement();
            if (i < current.turns.length) {
                return current.turns[i];
            }
            follow(current);
        }
    }

    private synchronized void follow(Piece used) {
        if (piece == used) {
            piece = new Piece(isCycle ? used.turns : writer.write(PIECE), 0);
        }
    }

    /** Turns that follow each other, and how many of them are taken. */
    private static final class Piece {
        private final int[] turns;
        private final AtomicInteger next;

        Piece(int[] turns, int next) {
            this.turns = turns;
            this.next = new AtomicInteger(next);
        }
    }
}
