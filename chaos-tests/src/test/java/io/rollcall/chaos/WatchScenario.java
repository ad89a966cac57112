package io.rollcall.chaos;

import io.rollcall.chaos.checker.Findings;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.workload.ChangeLoad;
import java.time.Duration;
import java.util.List;

/** Short scenarios of watches that servers which are broken on purpose do not pass. Each ends by its checks. */
enum WatchScenario {
    /** Changes, and no fault. */
    CHANGES,

    /** Each node dies once, a follower first, and then the leader. */
    KILLED_NODES;

    /** What fits into every build. */
    static final ChangeLoad.Plan SMALL = new ChangeLoad.Plan(60, 8, 100);

    private static final int WATCHERS = 600;
    private static final Duration DEAD = Duration.ofSeconds(1);

    Findings run(WatchTrial trial) {
        trial.begin(WATCHERS);
        Hold.forFault(Duration.ofSeconds(1), "all nodes serve");
        if (this == KILLED_NODES) {
            NodeProcess leader = trial.cluster().awaitLeader();
            List<NodeProcess> followers = trial.cluster().others(leader);
            trial.kill(followers.get(0), DEAD);
            trial.kill(leader, DEAD);
            trial.kill(followers.get(1), DEAD);
        }
        Hold.forFault(Duration.ofSeconds(1), "all nodes serve");
        return trial.finish();
    }
}
