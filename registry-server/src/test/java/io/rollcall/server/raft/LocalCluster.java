package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.FreePort;
import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.server.app.SubmitOutcome.Committed;
import io.rollcall.server.config.HostPort;
import io.rollcall.server.config.Peer;
import io.rollcall.server.config.RaftSettings;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.Precondition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Members on loopback, in this process. */
final class LocalCluster implements AutoCloseable {

    static final ServiceKey SERVICE = ServiceKey.of("default", "orders");

    /** Longer than a node's own: three members share this process, and tests share the machine. */
    static final Duration ELECTION_TIMEOUT_MIN = Duration.ofMillis(600);

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** What the log grows between snapshots, and what is kept behind one; segments are as large as a part of it. */
    record LogLimits(
            int snapshotThreshold,
            long snapshotLogBytes,
            int purgePreservation,
            long purgePreservationBytes,
            long segmentSizeBytes) {

        static final LogLimits DEFAULT = new LogLimits(100_000, 256L << 20, 200_000, 1L << 30, 64L << 20);
        static final LogLimits SMALL = new LogLimits(100, 256L << 20, 0, 0, 64 << 10);

        /** Small by bytes alone. */
        static final LogLimits FEW_BYTES = new LogLimits(100_000, 4 << 20, 200_000, 8 << 20, 4 << 20);

        /** What lies behind the snapshot and since it, and the files at both ends. */
        long bytes() {
            return snapshotLogBytes + purgePreservationBytes + 3 * segmentSizeBytes;
        }
    }

    final List<LocalMember> members = new ArrayList<>();

    LocalCluster(int size, Path folder, LogLimits limits) throws IOException {
        this(size, folder, limits, Duration.ofMillis(300));
    }

    LocalCluster(int size, Path folder, LogLimits limits, Duration electionTimeoutMin) throws IOException {
        List<Peer> peers = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            peers.add(new Peer("n" + i, new HostPort("127.0.0.1", FreePort.next())));
        }
        for (Peer peer : peers) {
            RaftSettings settings = new RaftSettings(
                    peer.raft(),
                    peer.raft(),
                    peers,
                    electionTimeoutMin,
                    electionTimeoutMin.multipliedBy(2),
                    limits.snapshotThreshold,
                    limits.snapshotLogBytes,
                    limits.purgePreservation,
                    limits.purgePreservationBytes,
                    limits.segmentSizeBytes);
            members.add(new LocalMember(peer.id(), folder.resolve(peer.id()), settings));
        }
    }

    static LocalCluster started(int size, Path folder, LogLimits limits) throws IOException {
        return new LocalCluster(size, folder, limits).start();
    }

    LocalCluster start() throws IOException {
        for (LocalMember member : members) {
            member.start();
        }
        return this;
    }

    LocalMember member(int number) {
        return members.get(number - 1);
    }

    List<LocalMember> running() {
        return members.stream().filter(LocalMember::isRunning).toList();
    }

    /** The leader that a majority agrees on. */
    LocalMember leader() {
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(running())
                        .extracting(member -> member.node().cluster().snapshot().leader())
                        .doesNotContainNull()
                        .containsOnly(
                                running().get(0).node().cluster().snapshot().leader()));
        String leader = running().get(0).node().cluster().snapshot().leader();
        return members.stream().filter(m -> m.id.equals(leader)).findFirst().orElseThrow();
    }

    LocalMember follower() {
        LocalMember leader = leader();
        return running().stream().filter(member -> member != leader).findFirst().orElseThrow();
    }

    static Command register(String id) {
        return register(UUID.randomUUID().toString(), id);
    }

    static Command register(String requestId, String id) {
        Registration registration = Registration.builder(InstanceKey.of("default", "orders", id))
                .address("10.0.0.1", 8080)
                .build();
        return new Command.RegisterInstance(
                CommandHeader.of(requestId), registration, Command.RegisterMode.UPSERT, Precondition.NONE);
    }

    static CommandResult submit(LocalMember member, Command command) throws Exception {
        SubmitOutcome outcome =
                member.node().commands().submit(command, DEADLINE).get(DEADLINE.toSeconds() + 5, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(Committed.class);
        return ((Committed) outcome).result();
    }

    /** Registers so many instances, {@code prefix-0} and so on, and waits for all. */
    static void fill(LocalMember member, String prefix, int count) {
        List<CompletableFuture<SubmitOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            outcomes.add(member.node().commands().submit(register(prefix + "-" + i), DEADLINE));
        }
        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome)
                        .succeedsWithin(DEADLINE.plusSeconds(5))
                        .isInstanceOf(Committed.class));
    }

    /** One after the other, so that each is an entry of its own. */
    static void fillOneByOne(LocalMember member, String prefix, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            submit(member, register(prefix + "-" + i));
        }
    }

    static int registered(LocalMember member) {
        var service = member.view().current().service(SERVICE);
        return service == null ? 0 : service.size();
    }

    static void passBarrier(LocalMember member) {
        assertThat(member.node().freshness().barrier(DEADLINE))
                .succeedsWithin(DEADLINE.plusSeconds(5))
                .isEqualTo(true);
    }

    /** Waits until all have applied the same, and holds their state hashes against each other. */
    void awaitEqualDigests() {
        await().atMost(DEADLINE).untilAsserted(() -> {
            var newest = running().get(0).node().digests().newest().orElseThrow();
            assertThat(running())
                    .allSatisfy(member ->
                            assertThat(member.node().digests().newest()).contains(newest));
        });
    }

    void assertNoFaults() {
        assertThat(members).allSatisfy(member -> assertThat(member.faults).isEmpty());
    }

    @Override
    public void close() {
        running().forEach(LocalMember::kill);
    }
}
