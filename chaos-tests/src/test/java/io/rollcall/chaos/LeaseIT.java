package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.checker.Findings;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.disk.LoopDisks;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.network.LinkedNetwork;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.shim.SystemShim;
import io.rollcall.chaos.workload.Fleet;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever beats stays, and whoever falls silent is given up in time, whatever happens to the leader. */
final class LeaseIT {

    private static final Duration TTL = Duration.ofSeconds(3);
    private static final int SERVICES = 25;
    private static final int INSTANCES = 1_000;
    private static final Duration DEAD = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(1_500);
    private static final int DISK_MEGABYTES = 192;

    /** Until all silent ones must be gone, from the last leader change. */
    private static final Duration AFTERMATH =
            TTL.plus(LeaseTrial.GRACE).plus(LeaseTrial.SLACK).plusSeconds(1);

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void beatingInstancesOutliveThreeLeaders(Recorder recorder) {
        outlive(recorder, new Course(300, 3, Duration.ofSeconds(1), false));
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void beatingInstancesOutliveALeaderEveryFiveSeconds(Recorder recorder) {
        outlive(recorder, new Course(INSTANCES, Trial.rounds(36), Duration.ofSeconds(5), true));
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void twentyLeadersDieAtRandom(Recorder recorder) {
        try (LeaseTrial trial = new LeaseTrial(ClusterOptions.named("lease-random"), recorder)) {
            trial.fleet(Fleet.Plan.leased("s", SERVICES, INSTANCES, TTL));
            LeaseFaults faults = new LeaseFaults(trial);
            int rounds = Trial.rounds(20);
            for (int round = 0; round < rounds; round++) {
                Hold.forFault(Duration.ofMillis(trial.random().nextInt(6_000)), "the leader leads");
                faults.killLeader(Duration.ofMillis(trial.random().nextInt(1_500)));
                trial.awaitHealed();
            }
            Hold.forFault(AFTERMATH, "what is to expire expires");
            requireAllKept(trial.finish(), rounds);
        }
    }

    /** How a course of leader changes goes. */
    private record Course(int instances, int changes, Duration period, boolean partitions) {}

    private static void outlive(Recorder recorder, Course course) {
        LinkedNetwork network = LinkedNetwork.create(new SplittableRandom(course.changes()));
        var options = ClusterOptions.named("lease-leaders").within(network);
        try (LeaseTrial trial = new LeaseTrial(options, recorder)) {
            Fleet fleet = trial.fleet(Fleet.Plan.leased("s", SERVICES, course.instances(), TTL));
            LeaseFaults faults = new LeaseFaults(trial);
            for (int round = 0; round < course.changes(); round++) {
                long next = System.nanoTime() + course.period().toNanos();
                if (round % 3 == 0) {
                    trial.silenceSome(fleet, 5);
                }
                if (course.partitions() && round % 6 == 5) {
                    faults.cutFollower(network, course.period());
                    trial.awaitHealed();
                }
                if (round % 2 == 0) {
                    faults.pauseLeader(PAUSE);
                } else {
                    faults.killLeader(DEAD);
                }
                // With two nodes away nobody could lead.
                trial.awaitHealed();
                Hold.forFault(Duration.ofNanos(Math.max(0, next - System.nanoTime())), "until the next fault");
            }
            Hold.forFault(AFTERMATH, "what is to expire expires");
            Findings findings = trial.finish();
            requireAllKept(findings, course.changes());
            assertThat(findings.figure(Figure.SILENCES))
                    .as("silences watched")
                    .isEqualTo(5L * ((course.changes() + 2) / 3));
        }
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void silentInstancesAreGoneWithinASecondOfTheirTtl(Recorder recorder) {
        try (LeaseTrial trial = new LeaseTrial(ClusterOptions.named("lease-silent"), recorder)) {
            Fleet fleet = trial.fleet(Fleet.Plan.leased("s", SERVICES, INSTANCES, TTL));
            int rounds = Trial.rounds(4);
            for (int round = 0; round < rounds; round++) {
                trial.silenceSome(fleet, 50);
                Hold.forFault(TTL.plus(LeaseTrial.SLACK).plusSeconds(1), "the silent ones expire");
            }
            Findings findings = trial.finish();
            requireAllKept(findings, 0);
            assertThat(findings.figure(Figure.SILENCES)).as("silences watched").isEqualTo(50L * rounds);
            assertThat(findings.figure(Figure.EXPIRIES))
                    .as("instances given up")
                    .isEqualTo(50L * rounds);
        }
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void silentInstancesAreGoneInTimeIfTheLeaderDiesWithinTheirTtl(Recorder recorder) {
        try (LeaseTrial trial = new LeaseTrial(ClusterOptions.named("lease-silent-kill"), recorder)) {
            Fleet fleet = trial.fleet(Fleet.Plan.leased("s", SERVICES, INSTANCES, TTL));
            LeaseFaults faults = new LeaseFaults(trial);
            int rounds = Trial.rounds(3);
            for (int round = 0; round < rounds; round++) {
                trial.silenceSome(fleet, 50);
                Hold.forFault(TTL.dividedBy(3), "the leases run");
                faults.killLeader(DEAD);
                trial.awaitHealed();
                Hold.forFault(AFTERMATH, "the silent ones expire");
            }
            Findings findings = trial.finish();
            requireAllKept(findings, rounds);
            assertThat(findings.figure(Figure.SILENCES)).as("silences watched").isEqualTo(50L * rounds);
        }
    }

    /** Long enough for another leader, whose leases all begin anew; the old one comes back and must not act on its memory. */
    @Test
    @Tag("chaos")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void noInstanceExpiresByALeaderThatStoodStillForThreeTtls(Recorder recorder) {
        try (LeaseTrial trial = new LeaseTrial(ClusterOptions.named("lease-stopped"), recorder)) {
            trial.fleet(Fleet.Plan.leased("s", SERVICES, INSTANCES, TTL));
            LeaseFaults faults = new LeaseFaults(trial);
            int rounds = Trial.rounds(3);
            for (int round = 0; round < rounds; round++) {
                faults.pauseLeader(TTL.multipliedBy(3));
                Hold.forFault(AFTERMATH, "what is to expire expires");
            }
            requireAllKept(trial.finish(), rounds);
        }
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void leaderThatStandsStillAndIsNotReplacedLetsNobodyExpire(Recorder recorder) {
        run(LeaseScenario.STOPPED_LEADER, recorder);
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void leaderThatThawsAcknowledgesNoBeatThatNobodyElseKnows(Recorder recorder) {
        run(LeaseScenario.THAWED_LEADER, recorder);
    }

    private static void run(LeaseScenario scenario, Recorder recorder) {
        try (LeaseTrial trial = new LeaseTrial(scenario.options("lease-" + scenario.name()), recorder)) {
            scenario.run(trial);
        }
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void noInstanceExpiresByADiskThatStoodStillForThreeTtls(Recorder recorder) {
        Skip.unless(LoopDisks.missing());
        LoopDisks disks = LoopDisks.named("lease-frozen", DISK_MEGABYTES);
        try (LeaseTrial trial =
                new LeaseTrial(ClusterOptions.named("lease-frozen").within(disks), recorder)) {
            Fleet fleet = trial.fleet(Fleet.Plan.leased("s", SERVICES, 500, TTL));
            LeaseFaults faults = new LeaseFaults(trial);
            for (int round = 0; round < Trial.rounds(3); round++) {
                NodeProcess leader = trial.leader();
                // Something to be decided while nothing can be written.
                trial.silenceSome(fleet, 5);
                faults.freezeDisk(disks, leader, TTL.multipliedBy(3));
                if (!leader.isRunning()) {
                    leader.start();
                }
                trial.awaitHealed();
                Hold.forFault(AFTERMATH, "what is to expire expires");
            }
            requireAllKept(trial.finish(), 0);
        }
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void wallClocksThatJumpMatterToNoLease(Recorder recorder) {
        Skip.unless(SystemShim.missing());
        SystemShim shim = SystemShim.named("lease-clock");
        try (LeaseTrial trial =
                new LeaseTrial(ClusterOptions.named("lease-clock").within(shim), recorder)) {
            Fleet fleet = trial.fleet(Fleet.Plan.leased("s", SERVICES, 500, TTL));
            LeaseFaults faults = new LeaseFaults(trial);
            NodeProcess leader = trial.leader();
            NodeProcess follower = trial.cluster().others(leader).get(0);
            for (Duration offset : List.of(Duration.ofHours(1), Duration.ofHours(-1))) {
                for (NodeProcess node : List.of(leader, follower)) {
                    trial.silenceSome(fleet, 10);
                    faults.setClock(shim, node, offset, TTL.multipliedBy(2), node == leader);
                    Hold.forFault(TTL, "the clock is right again");
                }
            }
            Findings findings = trial.finish();
            requireAllKept(findings, 0);
            assertThat(trial.leaderChanges()).as("leader changes by clocks").isZero();
            assertThat(findings.figure(Figure.SILENCES)).as("silences watched").isEqualTo(40);
        }
    }

    /** Removed instances are told to register anew, do so, and are back. */
    @Test
    @Tag("chaos")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void removedInstancesAreToldToRegisterAnew(Recorder recorder) {
        Duration after = Duration.ofSeconds(1);
        try (LeaseTrial trial = new LeaseTrial(ClusterOptions.named("lease-removed"), recorder)) {
            Fleet fleet = trial.fleet(Fleet.Plan.leased("s", SERVICES, 300, TTL).deregisteredAfter(after));
            LeaseFaults faults = new LeaseFaults(trial);
            for (int round = 0; round < Trial.rounds(3); round++) {
                var silent = trial.silenceSome(fleet, 20);
                trial.awaitShown(
                        "the silent ones to be removed", Duration.ofSeconds(20), silent, seen -> seen.isAbsent());
                faults.killLeader(DEAD);
                fleet.resume(silent);
                trial.awaitShown("the same to be back", Duration.ofSeconds(20), silent, seen -> seen.isPassing());
                trial.awaitHealed();
            }
            Findings findings = trial.finish();
            requireAllKept(findings, 3);
            assertThat(findings.figure(Figure.BEATS_REFUSED))
                    .as("beats refused")
                    .isPositive();
        }
    }

    /** That none expired that beat, and that the leader changed as often as it had to. */
    private static void requireAllKept(Findings findings, int changes) {
        assertThat(findings.figure(Figure.HEALTHY_EXPIRED)).isZero();
        assertThat(findings.figure(Figure.UNHEARD_EXPIRED))
                .as("instances that expired while they beat and nobody heard")
                .isZero();
        assertThat(findings.figure(Figure.LEADER_CHANGES)).as("leader changes").isGreaterThanOrEqualTo(changes);
    }
}
