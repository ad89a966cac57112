package io.rollcall.chaos;

import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.disk.BlockedThreads;
import io.rollcall.chaos.disk.LoopDisks;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.network.LinkedNetwork;
import io.rollcall.chaos.report.OpenFault;
import io.rollcall.chaos.shim.SystemShim;
import java.time.Duration;

/** The faults of a {@link LeaseTrial}: each proves that it hit, and notes whose beats it may have held up and for how long. */
final class LeaseFaults {

    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(10);
    private static final Duration CHANGE_LIMIT = Duration.ofSeconds(20);

    /** Beyond it a frozen disk thaws by itself. */
    private static final Duration THAW_MARGIN = Duration.ofSeconds(20);

    private final LeaseTrial trial;

    LeaseFaults(LeaseTrial trial) {
        this.trial = trial;
    }

    /** The leader dies, and starts again after a while; returns when the others have a leader and it was started. */
    void killLeader(Duration dead) {
        NodeProcess leader = trial.leader();
        long changes = trial.leaderChanges();
        long from = trial.history().now();
        try (OpenFault fault = trial.recorder().fault("kill", name(leader, true))) {
            long pid = leader.pid();
            leader.kill();
            fault.hit("SIGKILL ended process " + pid);
            try {
                Hold.forFault(dead, "the leader is dead");
                awaitChange(changes);
            } finally {
                leader.start();
                disturbed(leader, "kill", from, trial.history().now());
            }
        }
    }

    /** The leader stands still for so long that another one is elected. */
    void pauseLeader(Duration pause) {
        long changes = trial.leaderChanges();
        pause(trial.leader(), pause, true);
        awaitChange(changes);
    }

    /** A node stands still. */
    void pause(NodeProcess node, Duration pause, boolean leads) {
        long from = trial.history().now();
        try (OpenFault fault = trial.recorder().fault("pause", name(node, leads))) {
            node.pause();
            try {
                Hold.forFault(pause, "the node stands still");
                fault.hit("the kernel shows it as stopped: " + node.isPaused());
            } finally {
                node.resume();
                disturbed(node, "pause", from, trial.history().now());
            }
        }
    }

    /** A follower is cut off from the other nodes, and not from its callers. */
    void cutFollower(LinkedNetwork network, Duration cut) {
        NodeProcess leader = trial.leader();
        NodeProcess follower = trial.cluster().others(leader).get(trial.random().nextInt(2));
        long before = stopped(network, follower);
        long from = trial.history().now();
        try (OpenFault fault = trial.recorder().fault("isolate", name(follower, false))) {
            network.isolate(follower.id());
            try {
                Hold.forFault(cut, "the follower is cut off");
                hit(fault, stopped(network, follower) - before, "bytes held back");
            } finally {
                network.heal();
                // What was held is sent again by then, as TCP would.
                disturbed(follower, "isolate", from, trial.history().now() + cut.toNanos());
            }
        }
    }

    /** Nothing can be written to a node's disk. */
    void freezeDisk(LoopDisks disks, NodeProcess node, Duration frozen) {
        long from = trial.history().now();
        try (OpenFault fault = trial.recorder().fault("frozen disk", name(node, true))) {
            disks.freeze(node, frozen.plus(THAW_MARGIN));
            try {
                Hold.forFault(frozen, "the disk of the leader is frozen");
                hit(fault, BlockedThreads.of(node), "threads wait for the disk");
            } finally {
                disks.thaw(node);
                disturbed(node, "frozen disk", from, trial.history().now());
            }
        }
    }

    /** A node's wall clock is wrong; that is no excuse for anything, and so is not noted as one. */
    void setClock(SystemShim shim, NodeProcess node, Duration offset, Duration hold, boolean leads) {
        try (OpenFault fault = trial.recorder().fault("clock", name(node, leads) + " by " + offset)) {
            shim.setClock(node, offset);
            try {
                Hold.forFault(hold, "the clock is wrong");
                Duration shown = SystemShim.clockShownBy(node);
                if (shown.minus(offset).abs().compareTo(CLOCK_TOLERANCE) > 0) {
                    throw new AssertionError(node.id() + " shows a time that is off by " + shown);
                }
                fault.hit("the time that it shows is off by " + shown);
            } finally {
                shim.setClock(node, Duration.ZERO);
            }
        }
    }

    private void awaitChange(long changesBefore) {
        Conditions.await("another leader", CHANGE_LIMIT, () -> {
            if (trial.leaderChanges() == changesBefore) {
                throw new AssertionError("the leader has not changed");
            }
        });
    }

    private void disturbed(NodeProcess node, String kind, long fromNanos, long toNanos) {
        trial.history().add(new LeaseEvent.Disturbed(node.id(), kind, fromNanos, toNanos));
    }

    private long stopped(LinkedNetwork network, NodeProcess node) {
        return trial.cluster().others(node).stream()
                .mapToLong(other -> network.stopped(node.id(), other.id()) + network.stopped(other.id(), node.id()))
                .sum();
    }

    private static void hit(OpenFault fault, long count, String what) {
        if (count <= 0) {
            throw new AssertionError("the fault hit nothing: no " + what);
        }
        fault.hit(count + " " + what);
    }

    private static String name(NodeProcess node, boolean leads) {
        return node.id() + (leads ? " (leader)" : " (follower)");
    }
}
