package io.rollcall.chaos.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.report.OpenFault;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Faults that hit a node where its state lies: it dies at an exact point, misses the log, or loses its disk. */
final class CrashFaults {

    private static final Duration CRASH_LIMIT = Duration.ofSeconds(60);
    private static final Duration PURGE_LIMIT = Duration.ofMinutes(3);

    /** Snapshots that pass while a node is away; the first one already purges what it needs. */
    private static final int SNAPSHOTS_MISSED = 3;

    /** What a node logs once a snapshot from the leader has become its state. */
    private static final String INSTALLED = "installed a snapshot";

    private CrashFaults() {}

    static void crash(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        CrashSite site = Targets.oneOf(List.of(CrashSite.values()), random);
        // Early hits are part of the recovery of the restart itself, later ones of the work under load.
        crash(arena, site, 1 + random.nextInt(site.timesMax()), random);
    }

    /** Lets a node die at a point, for the given time that it comes there. */
    static void crash(Arena arena, CrashSite site, int times, SplittableRandom random) {
        NodeProcess node = Targets.follower(arena, random).node();
        try (OpenFault fault = arena.fault(FaultKind.CRASH_POINT.label(), node.id() + " at " + site.label())) {
            node.kill();
            if (site.needsSnapshot()) {
                awaitPurge(arena.cluster(), node);
            }
            node.start(List.of("-D" + CrashSite.PROPERTY + "=" + site.label() + ":" + times));
            if (site.needsLeader()) {
                lead(arena, node);
            }
            int status = node.awaitExit(CRASH_LIMIT);
            if (status != CrashSite.STATUS) {
                throw new AssertionError(node.id() + " ended with status " + status + " at " + site.label());
            }
            fault.hit("it died there with status " + status);
            node.start();
        }
    }

    /** Moves the leadership around until the node has it, or has died of it. */
    private static void lead(Arena arena, NodeProcess node) {
        Conditions.await(node.id() + " to lead or to die", CRASH_LIMIT, () -> {
            if (!node.isRunning()) {
                return;
            }
            NodeProcess leader = arena.leader();
            if (leader != node) {
                leader.terminate(CRASH_LIMIT);
                leader.start();
                leader.awaitReady(Arena.HEAL_LIMIT);
                throw new AssertionError("another node leads");
            }
        });
    }

    static void lag(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        NodeProcess node = Targets.follower(arena, random).node();
        try (OpenFault fault = arena.fault(FaultKind.LAG.label(), node.id())) {
            long before = installs(node);
            node.kill();
            awaitPurge(arena.cluster(), node);
            node.start();
            node.awaitReady(Arena.HEAL_LIMIT);
            long installed = installs(node) - before;
            if (installed == 0) {
                throw new AssertionError(node.id() + " came back without a snapshot; the log was not purged");
            }
            fault.hit("it installed " + installed + " snapshots");
        }
    }

    static void wipe(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        NodeProcess node = Targets.follower(arena, random).node();
        try (OpenFault fault = arena.fault(FaultKind.WIPE.label(), node.id())) {
            node.kill();
            node.wipe();
            fault.hit("its data folder was deleted");
            node.start();
        }
    }

    private static long installs(NodeProcess node) {
        return node.logLines().stream().filter(line -> line.contains(INSTALLED)).count();
    }

    private static void awaitPurge(ClusterProcess cluster, NodeProcess away) {
        NodeProcess witness = cluster.others(away).get(0);
        long start = applied(cluster, witness);
        Conditions.await("the log to be purged", PURGE_LIMIT, () -> {
            long now = applied(cluster, witness);
            if (now < start + (long) SNAPSHOTS_MISSED * Bed.SNAPSHOT_ENTRIES) {
                throw new AssertionError("the log grew from " + start + " to " + now);
            }
        });
    }

    private static long applied(ClusterProcess cluster, NodeProcess node) {
        JsonNode body = cluster.cluster(node).orElseThrow(() -> new AssertionError(node.id() + " does not answer"));
        for (JsonNode member : body.path("members")) {
            if (member.path("id").asText().equals(node.id())) {
                return member.path("applied").asLong();
            }
        }
        throw new IllegalStateException(node.id() + " is not among the members of " + body);
    }
}
