package io.rollcall.client.balance;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The less loaded of two that are drawn by share. To compare two is nearly as even as to compare all, costs the same for
 * any number of instances, and does not send all callers to the one that was idle a moment ago. Load is calls in flight
 * for the share; of two equal ones the first drawn is taken, so that idle instances get calls by their share.
 *
 * @see <a href="https://doi.org/10.1109/71.963420">Mitzenmacher, The power of two choices in randomized load balancing,
 *     2001</a>; Finagle's and Envoy's "P2C" and "least request"
 */
final class LeastLoadedPicker implements Picker {

    private static final int DRAWS_MAX = 4;

    private final Candidates candidates;
    private final AliasTable table;
    private final LongSupplier draws;

    LeastLoadedPicker(Candidates candidates, LongSupplier draws) {
        this.candidates = candidates;
        this.table = AliasTable.of(candidates);
        this.draws = draws;
    }

    @Override
    public @Nullable Endpoint pick(PickContext context) {
        int first = table.at(draws.getAsLong());
        Endpoint one = candidates.endpoint(first);
        if (candidates.size() == 1) {
            return context.excludes(one) ? null : one;
        }
        Endpoint other = candidates.endpoint(otherThan(first));
        if (context.triedCount() > 0) {
            if (context.excludes(one)) {
                return context.excludes(other) ? candidates.anyBut(context, draws.getAsLong()) : other;
            }
            if (context.excludes(other)) {
                return one;
            }
        }
        return isBusier(one, other) ? other : one;
    }

    private int otherThan(int first) {
        for (int i = 0; i < DRAWS_MAX; i++) {
            int second = table.at(draws.getAsLong());
            if (second != first) {
                return second;
            }
        }
        // The first has nearly all of the share.
        int size = candidates.size();
        return (first + 1 + Hashes.below(size - 1, draws.getAsLong())) % size;
    }

    private static boolean isBusier(Endpoint one, Endpoint other) {
        return (long) one.inFlight() * other.share() > (long) other.inFlight() * one.share();
    }
}
