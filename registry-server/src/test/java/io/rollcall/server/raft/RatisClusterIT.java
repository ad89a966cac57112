package io.rollcall.server.raft;

import static io.rollcall.server.raft.LocalCluster.fill;
import static io.rollcall.server.raft.LocalCluster.fillOneByOne;
import static io.rollcall.server.raft.LocalCluster.passBarrier;
import static io.rollcall.server.raft.LocalCluster.register;
import static io.rollcall.server.raft.LocalCluster.registered;
import static io.rollcall.server.raft.LocalCluster.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.server.app.ClusterState.MemberState;
import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.server.raft.LocalCluster.LogLimits;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.history.EventQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three members: through any of them, without one of them, and what a member that lost its data may do. */
final class RatisClusterIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private LocalCluster start(LogLimits limits) throws Exception {
        return LocalCluster.started(3, folder, limits);
    }

    @Test
    void writesThroughFollowersAreReadEverywhere() throws Exception {
        try (LocalCluster cluster = start(LogLimits.DEFAULT)) {
            for (int i = 0; i < 50; i++) {
                submit(cluster.follower(), register("i-" + i));

                for (LocalMember member : cluster.members) {
                    passBarrier(member);
                    assertThat(registered(member)).isEqualTo(i + 1);
                }
            }

            cluster.awaitEqualDigests();
            cluster.assertNoFaults();
        }
    }

    @Test
    void aSingleWriteThroughAFollowerWaitsForNoHeartbeat() throws Exception {
        // Heartbeats come half as far apart as the shortest election timeout.
        Duration electionTimeoutMin = Duration.ofSeconds(4);
        try (LocalCluster cluster = new LocalCluster(3, folder, LogLimits.DEFAULT, electionTimeoutMin).start()) {
            LocalMember follower = cluster.follower();
            passBarrier(follower);

            long started = System.nanoTime();
            fillOneByOne(follower, "i", 10);

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(electionTimeoutMin);
        }
    }

    @Test
    void aRequestThroughTwoMembersIsAppliedOnce() throws Exception {
        try (LocalCluster cluster = start(LogLimits.DEFAULT)) {
            CommandResult first = submit(cluster.member(1), register("request", "a"));

            CommandResult second = submit(cluster.member(2), register("request", "a"));

            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void withoutItsLeaderTheClusterGoesOnAndTheOldLeaderComesBack() throws Exception {
        try (LocalCluster cluster = start(LogLimits.DEFAULT)) {
            fill(cluster.follower(), "before", 200);
            LocalMember dead = cluster.leader();
            dead.kill();

            LocalMember survivor = cluster.running().get(0);
            submit(survivor, register("after"));
            cluster.running().forEach(LocalCluster::passBarrier);
            assertThat(registered(survivor)).isEqualTo(201);

            dead.start();
            passBarrier(dead);
            assertThat(registered(dead)).isEqualTo(201);
            cluster.awaitEqualDigests();
            cluster.assertNoFaults();
        }
    }

    @Test
    void writesGoOnWhileTheLeadershipIsHandedOver() throws Exception {
        try (LocalCluster cluster = start(LogLimits.DEFAULT)) {
            passBarrier(cluster.follower());
            LocalMember leader = cluster.leader();
            LocalMember follower = cluster.follower();

            var stopping = new Thread(() -> {
                leader.node().handOver();
                leader.kill();
            });
            stopping.start();
            fillOneByOne(follower, "i", 100);
            stopping.join(
                    RatisNode.HANDOVER_TIMEOUT.plus(RatisNode.CLOSE_TIMEOUT).toMillis());

            assertThat(stopping.isAlive()).isFalse();
            assertThat(registered(follower)).isEqualTo(100);
            cluster.assertNoFaults();
        }
    }

    @Test
    void aRestartedFollowerIsReachedAgainSoon() throws Exception {
        try (LocalCluster cluster = start(LogLimits.DEFAULT)) {
            LocalMember leader = cluster.leader();
            LocalMember follower = cluster.follower();
            follower.kill();
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(stateOf(follower, leader).reachable()).isFalse());
            follower.start();

            long started = System.nanoTime();
            // One poll a second; the connection itself must not wait for a back-off.
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(stateOf(follower, leader).reachable()).isTrue());
            submit(follower, register("a"));
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private static MemberState stateOf(LocalMember member, LocalMember seenFrom) {
        return seenFrom.node().cluster().snapshot().members().stream()
                .filter(state -> state.id().equals(member.id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void withoutAQuorumNothingIsPromisedAndNothingHangs() throws Exception {
        try (LocalCluster cluster = start(LogLimits.DEFAULT)) {
            submit(cluster.member(1), register("a"));
            LocalMember alone = cluster.leader();
            cluster.running().stream().filter(member -> member != alone).forEach(LocalMember::kill);

            Duration deadline = Duration.ofSeconds(2);
            var barrier = alone.node().freshness().barrier(deadline);
            var write = alone.node().commands().submit(register("b"), deadline);

            assertThat(barrier).succeedsWithin(deadline.plusSeconds(1)).isEqualTo(false);
            assertThat(write).succeedsWithin(deadline.plusSeconds(1)).isNotInstanceOf(SubmitOutcome.Committed.class);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(alone.node().cluster().snapshot().leader())
                                    .isNull());
            assertThat(alone.node().commands().submit(register("c"), Duration.ofMillis(500)))
                    .succeedsWithin(Duration.ofSeconds(2))
                    .isInstanceOf(SubmitOutcome.NotSubmitted.class);
            assertThat(registered(alone)).isBetween(1, 2);
        }
    }

    @Test
    void aFollowerThatTheLogHasLeftBehindTakesASnapshot() throws Exception {
        try (LocalCluster cluster = start(LogLimits.SMALL)) {
            fillOneByOne(cluster.leader(), "before", 20);
            LocalMember away = cluster.follower();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(registered(away)).isEqualTo(20));
            away.kill();
            fillOneByOne(cluster.leader(), "meanwhile", 1_000);

            away.start();
            passBarrier(away);

            assertThat(registered(away)).isEqualTo(1_020);
            assertThat(away.resets).hasValueGreaterThan(1);
            cluster.awaitEqualDigests();
            assertThat(cluster.members)
                    .extracting(RatisClusterIT::pastOf)
                    .as("history, and who was registered at each index")
                    .containsOnly(pastOf(away));
            submit(away, register("through-it"));
            cluster.awaitEqualDigests();
            cluster.assertNoFaults();
        }
    }

    private static Object pastOf(LocalMember member) {
        return member.node().past().read(past -> {
            List<Object> told = new ArrayList<>();
            EventQuery all = new EventQuery(LocalCluster.SERVICE, 0, past.appliedIndex(), null, 10_000);
            told.add(past.events(all));
            for (long index = past.fromIndex(); index <= past.appliedIndex(); index += 97) {
                told.add(past.service(LocalCluster.SERVICE, index).instances());
            }
            return told;
        });
    }

    @Test
    void aWipedFollowerRejoinsAnIdleCluster() throws Exception {
        try (LocalCluster cluster = start(LogLimits.DEFAULT)) {
            fill(cluster.leader(), "i", 100);
            LocalMember wiped = cluster.follower();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(registered(wiped)).isEqualTo(100));
            wiped.kill();
            RatisNodeIT.deleteTree(wiped.folder);

            wiped.start();
            passBarrier(wiped);

            assertThat(registered(wiped)).isEqualTo(100);
            cluster.awaitEqualDigests();
            cluster.assertNoFaults();
        }
    }

    @Test
    void aWipedFollowerRejoinsAnIdleClusterWhoseLogIsPurged() throws Exception {
        try (LocalCluster cluster = start(LogLimits.SMALL)) {
            fillOneByOne(cluster.leader(), "i", 500);
            LocalMember wiped = cluster.follower();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(registered(wiped)).isEqualTo(500));
            wiped.kill();
            RatisNodeIT.deleteTree(wiped.folder);

            wiped.start();
            passBarrier(wiped);

            assertThat(registered(wiped)).isEqualTo(500);
            assertThat(wiped.resets).hasValueGreaterThan(1);
            cluster.awaitEqualDigests();
            cluster.assertNoFaults();
        }
    }

    @Test
    void aWipedMemberElectsNobodyWhoLacksWhatItHadAcknowledged() throws Exception {
        try (LocalCluster cluster = start(LogLimits.DEFAULT)) {
            submit(cluster.leader(), register("a"));
            cluster.members.forEach(LocalCluster::passBarrier);
            LocalMember behind = cluster.follower();
            behind.kill();
            submit(cluster.leader(), register("promised"));
            LocalMember wiped = cluster.follower();
            LocalMember complete = cluster.leader();
            wiped.kill();
            complete.kill();
            RatisNodeIT.deleteTree(wiped.folder);

            behind.start();
            wiped.start();
            // Some election timeouts: with the wiped member's vote the other one would lead, without the entry.
            assertThat(behind.node().freshness().barrier(Duration.ofSeconds(5)))
                    .succeedsWithin(Duration.ofSeconds(6))
                    .isEqualTo(false);
            complete.start();

            for (LocalMember member : cluster.members) {
                passBarrier(member);
                assertThat(registered(member)).isEqualTo(2);
            }
            cluster.awaitEqualDigests();
            cluster.assertNoFaults();
        }
    }

    @Test
    void aNewClusterIsFoundedByAllItsMembers() throws Exception {
        try (LocalCluster cluster = new LocalCluster(3, folder, LogLimits.DEFAULT)) {
            cluster.member(1).start();
            cluster.member(2).start();
            // Either of the two may have lost its disk, and the third one know more.
            assertThat(cluster.member(1).node().freshness().barrier(Duration.ofSeconds(3)))
                    .succeedsWithin(Duration.ofSeconds(4))
                    .isEqualTo(false);

            cluster.member(3).start();
            cluster.members.forEach(LocalCluster::passBarrier);

            cluster.leader().kill();
            submit(cluster.running().get(0), register("a"));
            cluster.assertNoFaults();
        }
    }

    @Test
    void aFullRestartLosesNothing() throws Exception {
        try (LocalCluster cluster = start(LogLimits.SMALL)) {
            fill(cluster.member(1), "i", 500);
            cluster.members.forEach(LocalMember::kill);

            for (LocalMember member : cluster.members) {
                member.start();
            }

            for (LocalMember member : cluster.members) {
                passBarrier(member);
                assertThat(registered(member)).isEqualTo(500);
            }
            cluster.awaitEqualDigests();
            cluster.assertNoFaults();
        }
    }
}
