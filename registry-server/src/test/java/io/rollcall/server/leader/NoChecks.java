package io.rollcall.server.leader;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.server.app.CheckCounts;
import org.jspecify.annotations.Nullable;

/** Checks nothing. */
final class NoChecks implements CheckDuty {

    @Override
    public void begin(VerdictLog verdicts) {}

    @Override
    public void note(Instance instance) {}

    @Override
    public void forget(InstanceKey key) {}

    @Override
    public void sweep() {}

    @Override
    public void end() {}

    @Override
    public CheckCounts.@Nullable Counted counted(InstanceKey key, long incarnation) {
        return null;
    }

    @Override
    public Report report(boolean release) {
        return new Report(0, 0, 0, null, 0);
    }
}
