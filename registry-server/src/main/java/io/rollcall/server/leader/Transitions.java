package io.rollcall.server.leader;

import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.server.probe.ProbeResult;

/** Where the {@link HealthMonitor} reports what checks have come to. */
public interface Transitions {

    /**
     * Takes a state that differs from the one in the log. It must not block. Once it is applied, {@link
     * HealthMonitor#watch} is to be told; if it was held back or came to nothing, {@link HealthMonitor#failed}.
     *
     * @param key the instance
     * @param incarnation the one that was checked
     * @param state what its checks have come to
     * @param last what the last check found
     */
    void turned(InstanceKey key, long incarnation, CheckState state, ProbeResult last);
}
