package io.rollcall.server.raft;

import static io.rollcall.server.raft.LocalCluster.fill;
import static io.rollcall.server.raft.LocalCluster.fillOneByOne;
import static io.rollcall.server.raft.LocalCluster.passBarrier;
import static io.rollcall.server.raft.LocalCluster.register;
import static io.rollcall.server.raft.LocalCluster.registered;
import static io.rollcall.server.raft.LocalCluster.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.server.raft.LocalCluster.LogLimits;
import io.rollcall.server.view.InstanceEntry;
import io.rollcall.statemachine.apply.DigestLog;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.LeaseAge;
import io.rollcall.statemachine.command.Verdict;
import io.rollcall.statemachine.state.ClusterRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One member: writes, reads, restarts, and what it makes of a damaged folder. */
final class RatisNodeIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private LocalCluster startOne(LogLimits limits) throws IOException {
        return LocalCluster.started(1, folder, limits);
    }

    @Test
    void aMemberAloneServesWritesAndReads() throws Exception {
        try (LocalCluster cluster = startOne(LogLimits.DEFAULT)) {
            LocalMember member = cluster.member(1);

            CommandResult result = submit(member, register("a"));

            assertThat(result).isInstanceOf(CommandResult.Registered.class);
            passBarrier(member);
            assertThat(registered(member)).isEqualTo(1);
            assertThat(member.node().freshness().hasCaughtUp()).isTrue();
            assertThat(member.node().freshness().awaitIndex(result.index(), Duration.ZERO))
                    .isCompletedWithValue(true);
            cluster.assertNoFaults();
        }
    }

    @Test
    void whoeverHasHisAnswerFindsItsIndexReached() throws Exception {
        try (LocalCluster cluster = startOne(LogLimits.DEFAULT)) {
            LocalMember member = cluster.member(1);

            for (int i = 0; i < 500; i++) {
                // On the thread that answers, so that nothing comes between.
                var reached = member.node()
                        .commands()
                        .submit(register("a" + i), LIMIT)
                        .thenApply(outcome -> member.node()
                                .freshness()
                                .awaitIndex(
                                        ((SubmitOutcome.Committed) outcome)
                                                .result()
                                                .index(),
                                        Duration.ZERO)
                                .isDone());

                assertThat(reached).as("answer %s", i).succeedsWithin(LIMIT).isEqualTo(true);
            }
        }
    }

    @Test
    void aClusterIsFoundedAndKnowsItsMembers() throws Exception {
        try (LocalCluster cluster = startOne(LogLimits.DEFAULT)) {
            LocalMember member = cluster.member(1);

            await().untilAsserted(() -> {
                var identity = member.view().current().cluster();
                assertThat(identity.clusterId()).isNotEmpty();
                assertThat(identity.members()).extracting("id").containsExactly("n1");
                assertThat(identity.featureLevel()).isEqualTo(ClusterRecord.SUPPORTED_FEATURE_LEVEL);
            });
        }
    }

    @Test
    void anOlderClusterRisesOnceItsMembersAreUpgraded() throws Exception {
        try (LocalCluster cluster = new LocalCluster(1, folder, LogLimits.DEFAULT)) {
            LocalMember member = cluster.member(1);
            member.featureLevel = 1;
            member.start();
            submit(member, register("a"));
            await().untilAsserted(() ->
                    assertThat(member.view().current().cluster().members()).hasSize(1));
            assertThat(member.view().current().cluster().featureLevel()).isEqualTo(1);
            member.kill();
            member.featureLevel = 2;

            member.start();

            awaitFeatureLevel(member, 2);
            assertThat(registered(member)).isEqualTo(1);
            cluster.assertNoFaults();
        }
    }

    @Test
    void verdictsAndMarksOfLeasesComeThroughTheLogAndOutliveARestart() throws Exception {
        try (LocalCluster cluster = startOne(LogLimits.DEFAULT)) {
            LocalMember member = cluster.member(1);
            InstanceKey key = InstanceKey.of("default", "orders", "a");
            long incarnation = submit(member, register("a")).index();
            awaitFeatureLevel(member, 2);
            long term = member.node().cluster().snapshot().term();
            Verdict lapsed = new Verdict.LeaseLapsed(key, incarnation, 30_012);
            LeaseAge age = new LeaseAge(key, incarnation, 1_700_000_000_123L, 30_012);

            CommandResult late = submit(member, new Command.Judge(CommandHeader.of("j1"), term - 1, List.of(lapsed)));
            CommandResult taken = submit(member, new Command.Judge(CommandHeader.of("j2"), term, List.of(lapsed)));
            submit(member, new Command.CheckpointLeases(CommandHeader.of("j3"), term, List.of(age)));
            member.kill();
            member.start();
            passBarrier(member);

            assertThat(((CommandResult.Judged) late).taken()).containsExactly(false);
            assertThat(((CommandResult.Judged) taken).taken()).containsExactly(true);
            InstanceEntry entry =
                    member.view().current().service(LocalCluster.SERVICE).instance(key.id());
            assertThat(entry.instance().status()).isEqualTo(InstanceStatus.CRITICAL);
            assertThat(entry.lastHeartbeatMillis()).isEqualTo(1_700_000_000_123L);
            cluster.assertNoFaults();
        }
    }

    private static void awaitFeatureLevel(LocalMember member, int level) {
        await().untilAsserted(() ->
                assertThat(member.view().current().cluster().featureLevel()).isGreaterThanOrEqualTo(level));
    }

    @Test
    void aRequestIsAppliedOnce() throws Exception {
        try (LocalCluster cluster = startOne(LogLimits.DEFAULT)) {
            LocalMember member = cluster.member(1);

            CommandResult first = submit(member, register("request", "a"));
            CommandResult second = submit(member, register("request", "a"));

            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void aRestartReplaysToTheSameState() throws Exception {
        try (LocalCluster cluster = startOne(LogLimits.SMALL)) {
            LocalMember member = cluster.member(1);
            fillOneByOne(member, "i", 250);
            DigestLog.Recorded before = member.node().digests().newest().orElseThrow();
            member.kill();

            member.start();

            // What replay applies again would get other indexes, and the hash would differ.
            assertThat(member.node().digests().at(before.index())).contains(before);
            assertThat(registered(member)).isEqualTo(250);
            passBarrier(member);
            cluster.assertNoFaults();
        }
    }

    @Test
    void aLostDatabaseComesBackFromSnapshotAndLog() throws Exception {
        try (LocalCluster cluster = startOne(LogLimits.SMALL)) {
            LocalMember member = cluster.member(1);
            fillOneByOne(member, "i", 250);
            DigestLog.Recorded before = member.node().digests().newest().orElseThrow();
            member.kill();
            deleteTree(member.folder.resolve("db-live"));

            member.start();
            passBarrier(member);

            assertThat(member.node().digests().at(before.index())).contains(before);
            assertThat(registered(member)).isEqualTo(250);
            cluster.assertNoFaults();
        }
    }

    @Test
    void snapshotsAreTakenAndOldOnesGo() throws Exception {
        try (LocalCluster cluster = startOne(LogLimits.SMALL)) {
            LocalMember member = cluster.member(1);

            fillOneByOne(member, "i", 450);

            await().untilAsserted(() -> assertThat(snapshots(member))
                    .hasSizeBetween(1, 2)
                    .anySatisfy(name -> assertThat(name).matches("\\d+_[34]\\d\\d")));
        }
    }

    @Test
    void aLogThatLostItsEndIsRefused() throws Exception {
        try (LocalCluster cluster = startOne(LogLimits.DEFAULT)) {
            LocalMember member = cluster.member(1);
            fillOneByOne(member, "i", 50);
            member.kill();
            cutAfter(5_000, file(member.folder, "log_inprogress_"));

            assertThatThrownBy(member::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the disk lost some that were promised");
        }
    }

    @Test
    void anAddressThatIsTakenIsRefused() throws Exception {
        try (LocalCluster cluster = new LocalCluster(1, folder, LogLimits.DEFAULT);
                var taken = new ServerSocket()) {
            var listen = cluster.member(1).settings.listen();
            taken.bind(new InetSocketAddress(listen.host(), listen.port()));

            assertThatThrownBy(cluster.member(1)::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(listen + " cannot be bound");
        }
    }

    @Test
    void aFolderServesOneMember() throws Exception {
        try (LocalCluster cluster = startOne(LogLimits.DEFAULT)) {
            cluster.member(1).kill();
            LocalMember stranger = new LocalMember("n2", cluster.member(1).folder, cluster.member(1).settings);

            assertThatThrownBy(stranger::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("belongs to member 'n1'");
        }
    }

    @Test
    void aCommandThatNoEntryCanHoldIsRefused() throws Exception {
        try (LocalCluster cluster = startOne(LogLimits.DEFAULT)) {
            LocalMember member = cluster.member(1);
            passBarrier(member);

            var outcome = member.node()
                    .commands()
                    .submit(register("x".repeat(Proposer.COMMAND_BYTES_MAX), "a"), Duration.ofSeconds(5));

            assertThat(outcome).succeedsWithin(Duration.ofSeconds(1)).isInstanceOf(SubmitOutcome.NotSubmitted.class);
            submit(member, register("x".repeat(Proposer.COMMAND_BYTES_MAX - 10_000), "b"));
            cluster.assertNoFaults();
        }
    }

    @Test
    void manyAtOnceShareEntries() throws Exception {
        try (LocalCluster cluster = startOne(LogLimits.DEFAULT)) {
            LocalMember member = cluster.member(1);
            passBarrier(member);
            long before = member.node().cluster().snapshot().members().get(0).applied();

            fill(member, "i", 2_000);

            long entries = member.node().cluster().snapshot().members().get(0).applied() - before;
            assertThat(entries).isLessThan(1_000);
            assertThat(registered(member)).isEqualTo(2_000);
        }
    }

    private static List<String> snapshots(LocalMember member) throws IOException {
        try (Stream<Path> files = Files.walk(member.folder.resolve("raft"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d+_\\d+"))
                    .toList();
        }
    }

    private static Path file(Path root, String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void cutAfter(int bytes, Path file) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
            log.setLength(bytes);
        }
    }

    static void deleteTree(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
