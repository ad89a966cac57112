package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.chaos.checker.Findings;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.lease.Sighting;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.workload.Door;
import io.rollcall.chaos.workload.Fleet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Scenarios of leases that servers which are broken on purpose do not pass. Each ends by its checks. */
enum LeaseScenario {
    /** A leader stands still while another one lets those expire that beat at it alone, and thaws with their beats in its sockets. */
    THAWED_LEADER,

    /** A leader stands still for longer than a TTL, and nobody has taken its place when it goes on. */
    STOPPED_LEADER,

    /** A whole service falls silent and comes back. */
    MASS_SILENCE,

    /** Targets of checks flap and fail while the leader dies. */
    FAILING_TARGETS;

    /** The shortest TTL there is. */
    private static final Duration SHORT_TTL = Duration.ofSeconds(1);

    /** So few instances, three a service, that the expiry governor leaves them to their leases. */
    private static final int UNGOVERNED_SERVICES = 5;

    private static final int UNGOVERNED_INSTANCES = 15;

    private static final Duration NORMAL_LIMIT = Duration.ofSeconds(5);

    /** How a cluster for it is started. */
    ClusterOptions options(String folder) {
        ClusterOptions options = ClusterOptions.named(folder);
        return this == STOPPED_LEADER
                ? options.with("ROLLCALL_RAFT_ELECTION_TIMEOUT_MIN", "6s")
                        .with("ROLLCALL_RAFT_ELECTION_TIMEOUT_MAX", "8s")
                : options;
    }

    /** Runs it on a cluster that is ready. */
    void run(LeaseTrial trial) {
        switch (this) {
            case THAWED_LEADER -> thawedLeader(trial);
            case STOPPED_LEADER -> stoppedLeader(trial);
            case MASS_SILENCE -> massSilence(trial, 60, Duration.ofSeconds(2), false);
            case FAILING_TARGETS -> HealthCheckChaosIT.run(trial, 20, 1);
        }
    }

    private static Fleet.Plan ungoverned() {
        // Each beats alone, so that beats are in the sockets at any time.
        return new Fleet.Plan(
                "u",
                UNGOVERNED_SERVICES,
                UNGOVERNED_INSTANCES,
                1,
                UNGOVERNED_INSTANCES,
                SHORT_TTL,
                Duration.ZERO,
                Optional.empty());
    }

    private static void thawedLeader(LeaseTrial trial) {
        NodeProcess first = trial.leader();
        AtomicReference<NodeProcess> door = new AtomicReference<>(first);
        trial.fleet(ungoverned(), () -> Door.of(List.of(door.get())));
        LeaseFaults faults = new LeaseFaults(trial);
        int rounds = 4;
        for (int round = 0; round < rounds; round++) {
            NodeProcess leader = trial.leader();
            door.set(leader);
            Hold.forFault(SHORT_TTL, "all beat at the leader");
            faults.pauseLeader(SHORT_TTL.plus(LeaseTrial.GRACE).plusSeconds(3));
            Hold.forFault(SHORT_TTL.multipliedBy(3), "the thawed one hears them");
        }
        Findings findings = trial.finish();
        assertThat(findings.figure(Figure.UNHEARD_EXPIRED))
                .as("instances that nobody heard and that expired, since else the scenario shows nothing")
                .isPositive();
    }

    private static void stoppedLeader(LeaseTrial trial) {
        Fleet fleet = trial.fleet(ungoverned());
        LeaseFaults faults = new LeaseFaults(trial);
        for (int round = 0; round < 4; round++) {
            Hold.forFault(SHORT_TTL, "the leases run");
            faults.pause(trial.leader(), SHORT_TTL.multipliedBy(3), true);
            Hold.forFault(SHORT_TTL.multipliedBy(3), "what is to expire expires");
        }
        trial.silenceSome(fleet, 2);
        Hold.forFault(SHORT_TTL.plus(LeaseTrial.SLACK).plusSeconds(1), "who is silent expires");
        Findings findings = trial.finish();
        assertThat(findings.figure(Figure.UNHEARD_EXPIRED))
                .as("beating instances that expired by a pause of the leader")
                .isZero();
    }

    /** A whole service falls silent for four TTLs, beside others that go on; then it comes back. */
    static void massSilence(LeaseTrial trial, int instances, Duration ttl, boolean released) {
        Fleet wide = trial.fleet(Fleet.Plan.leased("wide", 1, instances, ttl));
        trial.fleet(Fleet.Plan.leased("other", 4, 20, ttl));
        List<InstanceRef> all = wide.instances();
        try (var fault = trial.recorder().fault("mass silence", instances + " instances of one service")) {
            long silenced = System.nanoTime();
            wide.silence(all);
            trial.awaitShown(
                    "a service that fell silent as a whole to be suspect and to stay in discovery",
                    ttl.plus(LeaseTrial.SLACK).plusSeconds(2),
                    all,
                    seen -> seen.isPassing() && seen.suspect());
            trial.recorder().count(Figure.SUSPECTS, instances);
            trial.cluster().nodes().forEach(node -> assertHolding(trial.expiry(node), node, instances));
            fault.hit(String.valueOf(trial.expiry(trial.leader()).path("reason").asText()));
            long left = silenced + ttl.multipliedBy(4).toNanos() - System.nanoTime();
            Hold.forFault(Duration.ofNanos(Math.max(0, left)), "the service is silent");
            if (released) {
                release(trial, all, instances);
            } else {
                assertStillThere(trial, all);
            }
        }
        long healed = System.nanoTime();
        wide.resume(all);
        awaitNormal(trial, all);
        trial.recorder()
                .millis(
                        "from the first beat after a mass silence until all was normal",
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - healed));
        Findings findings = trial.finish();
        assertThat(findings.figure(Figure.EXPIRIES))
                .as("instances of a service that fell silent as a whole and did not stay in discovery")
                .isEqualTo(released ? instances : 0);
    }

    private static void assertHolding(JsonNode expiry, NodeProcess node, int instances) {
        assertThat(expiry.path("mode").asText())
                .as("mode told by %s: %s", node.id(), expiry)
                .isEqualTo("holding");
        assertThat(expiry.path("reason").asText())
                .as("reason told by %s", node.id())
                .isNotEmpty();
        assertThat(expiry.path("endsBy").asText())
                .as("end told by %s", node.id())
                .isNotEmpty();
        assertThat(expiry.path("held").asInt())
                .as("held as told by %s", node.id())
                .isEqualTo(instances);
    }

    private static void assertStillThere(LeaseTrial trial, List<InstanceRef> all) {
        trial.awaitShown(
                "a service that was silent for four TTLs to stay in discovery",
                Duration.ofSeconds(2),
                all,
                seen -> seen.isPassing() && seen.suspect());
    }

    /** The operator says that they are dead: at the rate of expiry they go. */
    private static void release(LeaseTrial trial, List<InstanceRef> all, int instances) {
        NodeProcess follower = trial.cluster().others(trial.leader()).get(0);
        long released = System.nanoTime();
        trial.release(follower);
        trial.awaitShown(
                "what was released to be given up", Duration.ofSeconds(3 + instances / 100), all, Sighting::isCritical);
        trial.recorder()
                .millis(
                        "from an operator's release until all were given up",
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - released));
    }

    private static void awaitNormal(LeaseTrial trial, List<InstanceRef> all) {
        long end = System.nanoTime() + NORMAL_LIMIT.toNanos();
        trial.awaitShown("all to be normal again", NORMAL_LIMIT, all, seen -> seen.isPassing() && !seen.suspect());
        Conditions.await(
                "the expiry governor to be idle on every node",
                Duration.ofNanos(Math.max(1, end - System.nanoTime())),
                () -> assertThat(trial.cluster().nodes())
                        .allSatisfy(node -> assertThat(
                                        trial.expiry(node).path("mode").asText())
                                .isEqualTo("idle")));
    }
}
