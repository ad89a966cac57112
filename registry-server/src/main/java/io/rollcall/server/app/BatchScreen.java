package io.rollcall.server.app;

import io.rollcall.api.error.Problem;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the registrations of a batch from the log that the caller may not make.
 *
 * @param passed the others, in order
 * @param refusals one a registration, in order; null for those that passed
 */
record BatchScreen(List<Registration> passed, List<@Nullable Problem> refusals) {

    static BatchScreen of(List<Registration> batch, Function<InstanceKey, @Nullable Problem> refusal) {
        List<Registration> passed = new ArrayList<>(batch.size());
        List<@Nullable Problem> refusals = new ArrayList<>(batch.size());
        for (Registration registration : batch) {
            Problem refused = refusal.apply(registration.key());
            refusals.add(refused);
            if (refused == null) {
                passed.add(registration);
            }
        }
        return new BatchScreen(passed.size() == batch.size() ? batch : passed, refusals);
    }

    boolean isClear() {
        return passed.size() == refusals.size();
    }

    /** What a batch comes to of which nothing passed. */
    WriteOutcome none(long index, boolean atomic) {
        return whole(new WriteOutcome.Batch(index, !atomic, List.of()), !atomic);
    }

    /** What the batch came to as a whole, be it that what passed was done or that it was only looked at. */
    WriteOutcome whole(WriteOutcome outcome, boolean isApplied) {
        if (isClear()) {
            return outcome;
        }
        if (outcome instanceof WriteOutcome.Batch batch) {
            return whole(batch, isApplied);
        }
        if (outcome instanceof WriteOutcome.DryRun dryRun && dryRun.would() instanceof WriteOutcome.Batch batch) {
            WriteOutcome.Batch whole = whole(batch, isApplied);
            return isApplied ? new WriteOutcome.DryRun(whole, dryRun.before()) : whole;
        }
        return outcome;
    }

    private WriteOutcome.Batch whole(WriteOutcome.Batch batch, boolean isApplied) {
        List<WriteOutcome> items = new ArrayList<>(refusals.size());
        int next = 0;
        for (Problem refusal : refusals) {
            items.add(refusal == null ? batch.items().get(next++) : new WriteOutcome.Rejected(refusal));
        }
        return new WriteOutcome.Batch(batch.index(), isApplied && batch.applied(), items);
    }
}
