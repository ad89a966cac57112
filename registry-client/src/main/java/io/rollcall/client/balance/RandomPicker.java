package io.rollcall.client.balance;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Any, by share. */
final class RandomPicker implements Picker {

    private static final int DRAWS_MAX = 8;

    private final Candidates candidates;
    private final AliasTable table;
    private final LongSupplier draws;

    RandomPicker(Candidates candidates, LongSupplier draws) {
        this.candidates = candidates;
        this.table = AliasTable.of(candidates);
        this.draws = draws;
    }

    @Override
    public @Nullable Endpoint pick(PickContext context) {
        for (int i = 0; i < DRAWS_MAX; i++) {
            Endpoint endpoint = candidates.endpoint(table.at(draws.getAsLong()));
            if (!context.excludes(endpoint)) {
                return endpoint;
            }
        }
        return candidates.anyBut(context, draws.getAsLong());
    }
}
