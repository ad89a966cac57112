package io.rollcall.client.balance;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Each by its share, evenly in time. */
final class WeightedPicker implements Picker {

    private static final int TURNS_MAX = 8;

    private final Candidates candidates;
    private final Turns turns;
    private final LongSupplier draws;

    private WeightedPicker(Candidates candidates, Turns turns, LongSupplier draws) {
        this.candidates = candidates;
        this.turns = turns;
        this.draws = draws;
    }

    static Picker over(Candidates candidates, @Nullable Picker before, LongSupplier draws) {
        if (before instanceof WeightedPicker same && same.candidates.sameShares(candidates)) {
            return new WeightedPicker(candidates, same.turns, draws);
        }
        int[] shares = new int[candidates.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = candidates.endpoint(i).share();
        }
        return new WeightedPicker(candidates, Turns.of(shares, draws.getAsLong()), draws);
    }

    @Override
    public @Nullable Endpoint pick(PickContext context) {
        for (int i = 0; i < TURNS_MAX; i++) {
            Endpoint endpoint = candidates.endpoint(turns.next());
            if (!context.excludes(endpoint)) {
                return endpoint;
            }
        }
        return candidates.anyBut(context, draws.getAsLong());
    }
}
