package io.rollcall.client.balance;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The owner of the key on the ring, or the next one around it that has room. An instance has room while its calls in
 * flight are below {@code (1 + slack)} times its fair share of all, the new one counted, rounded up; since the rooms sum
 * up to more than all calls, one always has.
 *
 * <p>Between a pick and the beginning of its call others may pick: threads that pick at the same instant can exceed the
 * bound by one each.
 *
 * @see <a href="https://arxiv.org/abs/1608.01350">Mirrokni, Thorup, Zadimoghaddam, Consistent hashing with bounded loads,
 *     2016</a>; it also moves old keys when an instance comes, which calls in flight cannot do
 */
final class HashPicker implements Picker {

    // A bound that comes out a hair above a whole number must not let one more in.
    private static final double BELOW = 1 - 1e-12;

    private final Candidates candidates;
    private final HashRing ring;
    private final double slack;
    private final LongSupplier draws;

    private HashPicker(Candidates candidates, HashRing ring, double slack, LongSupplier draws) {
        this.candidates = candidates;
        this.ring = ring;
        this.slack = slack;
        this.draws = draws;
    }

    static Picker over(Candidates candidates, @Nullable Picker before, double slack, LongSupplier draws) {
        HashRing ring = before instanceof HashPicker old && HashRing.isSame(old.candidates, candidates)
                ? old.ring
                : HashRing.of(candidates);
        return new HashPicker(candidates, ring, slack, draws);
    }

    @Override
    public @Nullable Endpoint pick(PickContext context) {
        int start = ring.pointAt(context.isKeyed() ? context.hash() : draws.getAsLong());
        double perShare = BELOW * (1 + slack) * (candidates.inFlight() + 1) / candidates.totalShare();
        int point = start;
        do {
            Endpoint endpoint = candidates.endpoint(ring.owner(point));
            if (endpoint.inFlight() < perShare * endpoint.share() && !context.excludes(endpoint)) {
                return endpoint;
            }
            point = ring.after(point);
        } while (point != start);
        return beyondBound(start, context);
    }

    // When those with room are excluded, or were taken while we looked.
    private @Nullable Endpoint beyondBound(int start, PickContext context) {
        int point = start;
        do {
            Endpoint endpoint = candidates.endpoint(ring.owner(point));
            if (!context.excludes(endpoint)) {
                return endpoint;
            }
            point = ring.after(point);
        } while (point != start);
        return null;
    }
}
