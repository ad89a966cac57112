package io.rollcall.client.balance;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Each in turn, from a random one on: callers that start together must not march in step, and a list that changes in a
 * rhythm with the calls must not starve one.
 */
final class RoundRobinPicker implements Picker {

    private final Candidates candidates;
    private final AtomicLong turn;
    private final LongSupplier draws;

    private RoundRobinPicker(Candidates candidates, AtomicLong turn, LongSupplier draws) {
        this.candidates = candidates;
        this.turn = turn;
        this.draws = draws;
    }

    static Picker over(Candidates candidates, @Nullable Picker before, LongSupplier draws) {
        if (before instanceof RoundRobinPicker same && same.candidates.sameEndpoints(candidates)) {
            return new RoundRobinPicker(candidates, same.turn, draws);
        }
        long start = Hashes.below(candidates.size(), draws.getAsLong());
        return new RoundRobinPicker(candidates, new AtomicLong(start), draws);
    }

    @Override
    public @Nullable Endpoint pick(PickContext context) {
        int size = candidates.size();
        for (int i = 0; i <= context.triedCount(); i++) {
            Endpoint endpoint = candidates.endpoint((int) (turn.getAndIncrement() % size));
            if (!context.excludes(endpoint)) {
                return endpoint;
            }
        }
        // Others took turns in between.
        return candidates.anyBut(context, draws.getAsLong());
    }
}
