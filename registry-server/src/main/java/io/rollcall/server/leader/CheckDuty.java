package io.rollcall.server.leader;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.server.app.CheckCounts;
import org.jspecify.annotations.Nullable;

/** The health checks of the leader: they begin and end with its term, and follow what is applied. */
interface CheckDuty {

    /** The member leads from now on; what it finds goes into this log. */
    void begin(VerdictLog verdicts);

    /** An instance as it is now. */
    void note(Instance instance);

    /** An instance is not registered any more. */
    void forget(InstanceKey key);

    /** To be called often. */
    void sweep();

    /** The member leads no more. */
    void end();

    /** What was counted of one incarnation of an instance; null if it is not checked. */
    CheckCounts.@Nullable Counted counted(InstanceKey key, long incarnation);

    /**
     * How the checks stand.
     *
     * @param release whether what is held is let go first
     */
    Report report(boolean release);

    /**
     * How the checks stand.
     *
     * @param watched instances that are checked
     * @param failing those whose last check failed
     * @param held those that would be critical if the leader believed its checks
     * @param hold why it does not; null if it does
     * @param criticals instances that were called critical, since the start of the process
     */
    record Report(
            int watched, int failing, int held, @Nullable Hold hold, long criticals) {}
}
