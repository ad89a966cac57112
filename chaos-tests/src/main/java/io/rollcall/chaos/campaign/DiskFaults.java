package io.rollcall.chaos.campaign;

import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.disk.LoopDisks;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.report.OpenFault;
import io.rollcall.chaos.shim.SystemShim;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Faults of disks and of wall clocks. */
final class DiskFaults {

    private static final Duration SLOW = Duration.ofMillis(300);
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(10);
    private static final Duration SETTLING = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /** The wall clock that a node shows in its answers may differ from the driver's by this much and be right. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(10);

    private DiskFaults() {}

    static void clock(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        SystemShim shim = present(bed.shim());
        Targets.Target target = Targets.leaderOrFollower(arena, random);
        Duration offset = random.nextBoolean() ? HOUR : HOUR.negated();
        try (OpenFault fault = arena.fault(FaultKind.CLOCK.label(), target + " by " + offset)) {
            shim.setClock(target.node(), offset);
            try {
                Hold.forFault(hold, "the clock is wrong");
                Duration shown = SystemShim.clockShownBy(target.node());
                if (shown.minus(offset).abs().compareTo(CLOCK_TOLERANCE) > 0) {
                    throw new AssertionError(target + " shows a time that is off by " + shown + ", not by " + offset);
                }
                fault.hit("the time that it shows is off by " + shown);
            } finally {
                shim.setClock(target.node(), Duration.ZERO);
            }
        }
    }

    static void slowSync(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        SystemShim shim = present(bed.shim());
        Targets.Target target = Targets.leaderOrFollower(arena, random);
        long before = shim.injected(target.node());
        try (OpenFault fault = arena.fault(FaultKind.SLOW_SYNC.label(), target.toString())) {
            shim.delay(target.node(), SLOW);
            try {
                Hold.forFault(hold, "the disk is slow");
                prove(fault, shim.injected(target.node()) - before, "syncs were late");
            } finally {
                shim.heal(target.node());
            }
        }
    }

    static void syncError(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        SystemShim shim = present(bed.shim());
        Targets.Target target = Targets.leaderOrFollower(arena, random);
        long before = shim.injected(target.node());
        try (OpenFault fault = arena.fault(FaultKind.SYNC_ERROR.label(), target.toString())) {
            shim.fail(target.node());
            try {
                // Whoever goes on after a sync that failed believes in pages that the kernel has thrown away.
                int status = target.node().awaitExit(EXIT_LIMIT);
                if (status == 0) {
                    throw new AssertionError(target + " ended as if all were well");
                }
                prove(fault, shim.injected(target.node()) - before, "syncs failed, and the node ended");
            } finally {
                shim.heal(target.node());
            }
            target.node().start();
        }
    }

    static void diskFull(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        LoopDisks disks = present(bed.disks());
        Targets.Target target = Targets.leaderOrFollower(arena, random);
        NodeProcess node = target.node();
        try (OpenFault fault = arena.fault(FaultKind.DISK_FULL.label(), target.toString())) {
            try {
                long taken = disks.fill(node);
                Hold.forFault(hold, "the disk is full");
                fault.hit(taken + " bytes taken, " + disks.freeBytes(node) + " left; the node "
                        + (node.isRunning() ? "goes on" : "ended"));
            } finally {
                disks.free(node);
            }
            // The write that failed can have been the last one before there was space again.
            Hold.forFault(SETTLING, "a node that found its disk full ends");
            if (!node.isRunning()) {
                node.start();
            }
        }
    }

    static void powerLoss(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        Targets.Target target = Targets.leaderOrFollower(arena, random);
        powerLoss(arena, present(bed.disks()), FaultKind.POWER_LOSS, target.toString(), List.of(target.node()));
    }

    static void powerLossOfAll(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        powerLoss(
                arena,
                present(bed.disks()),
                FaultKind.POWER_LOSS_ALL,
                "all",
                arena.cluster().nodes());
    }

    private static void powerLoss(
            Arena arena, LoopDisks disks, FaultKind kind, String target, List<NodeProcess> nodes) {
        try (OpenFault fault = arena.fault(kind.label(), target)) {
            nodes.parallelStream().forEach(disks::cutPower);
            fault.hit("file systems shut down without a flush");
            nodes.forEach(disks::restorePower);
            nodes.forEach(NodeProcess::start);
        }
    }

    private static void prove(OpenFault fault, long count, String what) {
        if (count <= 0) {
            throw new AssertionError("the fault hit nothing: no " + what);
        }
        fault.hit(count + " " + what);
    }

    private static <T> T present(Optional<T> part) {
        return part.orElseThrow(() -> new IllegalStateException("the bed lacks what this fault needs"));
    }
}
