package io.rollcall.chaos.campaign;

import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.report.OpenFault;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Faults of processes: they die, stand still, or are asked to end. */
final class ProcessFaults {

    /** A crash within the recovery of a crash. */
    private static final double KILLED_AT_START = 0.2;

    private static final Duration TERMINATION_LIMIT = Duration.ofSeconds(30);

    private ProcessFaults() {}

    static void kill(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        Targets.Target target = Targets.leaderOrFollower(arena, random);
        kill(arena, FaultKind.KILL, target.toString(), List.of(target.node()), random);
    }

    static void killTwo(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        List<NodeProcess> victims =
                Targets.shuffled(arena.cluster().nodes(), random).subList(0, 2);
        kill(arena, FaultKind.KILL_TWO, ids(victims), victims, random);
    }

    static void killAll(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        kill(arena, FaultKind.KILL_ALL, "all", arena.cluster().nodes(), random);
    }

    private static void kill(
            Arena arena, FaultKind kind, String target, List<NodeProcess> victims, SplittableRandom random) {
        try (OpenFault fault = arena.fault(kind.label(), target)) {
            List<Long> before = victims.stream().map(NodeProcess::pid).toList();
            victims.parallelStream().forEach(NodeProcess::kill);
            fault.hit("SIGKILL ended " + before);
            Hold.forFault(Duration.ofMillis(random.nextInt(1_500)), "the victims are dead");
            for (NodeProcess victim : victims) {
                victim.start();
                if (random.nextDouble() < KILLED_AT_START) {
                    Hold.forFault(Duration.ofMillis(random.nextInt(300, 3_000)), "the victim gets into its start");
                    victim.kill();
                    victim.start();
                }
            }
        }
    }

    static void pause(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        Targets.Target target = Targets.leaderOrFollower(arena, random);
        NodeProcess node = target.node();
        try (OpenFault fault = arena.fault(FaultKind.PAUSE.label(), target.toString())) {
            node.pause();
            try {
                Hold.forFault(hold, "the node stands still");
                fault.hit("the kernel shows it as stopped: " + node.isPaused());
            } finally {
                node.resume();
            }
        }
    }

    static void restart(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        Targets.Target target = Targets.leaderOrFollower(arena, random);
        try (OpenFault fault = arena.fault(FaultKind.RESTART.label(), target.toString())) {
            restart(target.node());
            fault.hit("it ended with status 0");
        }
    }

    static void rollingRestart(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        try (OpenFault fault = arena.fault(FaultKind.ROLLING_RESTART.label(), "all")) {
            for (NodeProcess node : Targets.shuffled(arena.cluster().nodes(), random)) {
                restart(node);
                node.awaitReady(Arena.HEAL_LIMIT);
            }
            fault.hit("each ended with status 0");
        }
    }

    private static void restart(NodeProcess node) {
        int status = node.terminate(TERMINATION_LIMIT);
        if (status != 0) {
            throw new AssertionError(node.id() + " ended with status " + status + " after SIGTERM");
        }
        node.start();
    }

    private static String ids(List<NodeProcess> nodes) {
        return String.join(", ", nodes.stream().map(NodeProcess::id).toList());
    }
}
