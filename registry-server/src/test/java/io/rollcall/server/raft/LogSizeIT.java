package io.rollcall.server.raft;

import static io.rollcall.server.raft.LocalCluster.passBarrier;
import static io.rollcall.server.raft.LocalCluster.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.server.raft.LocalCluster.LogLimits;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.state.ClusterRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large values, far fewer of them than entries would count: the log is cut by its bytes. */
final class LogSizeIT {

    private static final int VALUE_BYTES = 256 << 10;
    private static final int AT_ONCE = 16;
    private static final int KEYS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Random random = new Random(5);

    @Test
    void theLogOfEveryMemberStaysWithinItsBytesAndOneThatWasAwayCatchesUp() throws Exception {
        LogLimits limits = LogLimits.FEW_BYTES;
        try (LocalCluster cluster = LocalCluster.started(3, folder, limits)) {
            LocalMember leader = cluster.leader();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(leader.view().current().cluster().featureLevel())
                                    .isEqualTo(ClusterRecord.SUPPORTED_FEATURE_LEVEL));
            LocalMember away = cluster.follower();
            away.kill();

            long whileAway = write(leader, 64 << 20);
            away.start();
            long whileBack = write(leader, 64 << 20);

            assertThat(Math.max(whileAway, whileBack)).isLessThan(2 * limits.bytes());
            passBarrier(away);
            assertThat(away.resets).as("by a snapshot").hasValueGreaterThan(1);
            // A snapshot that is due is taken with the next entry.
            await().atMost(PATIENCE).untilAsserted(() -> {
                submit(leader, put("next"));
                assertThat(cluster.members)
                        .allSatisfy(member -> assertThat(logBytes(member)).isLessThan(limits.bytes()));
            });
            cluster.awaitEqualDigests();
            away.kill();
            away.start();
            passBarrier(away);
            cluster.awaitEqualDigests();
            cluster.assertNoFaults();
        }
    }

    /** Writes so many bytes, and returns the size of the writer's log at its largest. */
    private long write(LocalMember leader, long bytes) {
        long largest = 0;
        for (long written = 0; written < bytes; written += (long) AT_ONCE * VALUE_BYTES) {
            List<Command> commands = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> put("key-" + i % KEYS))
                    .toList();
            var outcomes = commands.stream()
                    .map(command -> leader.node().commands().submit(command, PATIENCE))
                    .toList();
            assertThat(outcomes)
                    .allSatisfy(outcome -> assertThat(outcome)
                            .succeedsWithin(PATIENCE.plusSeconds(5))
                            .isInstanceOf(SubmitOutcome.Committed.class));
            largest = Math.max(largest, logBytes(leader));
        }
        return largest;
    }

    /** One letter all over: what counts is the log, and the database may compress it. */
    private Command put(String key) {
        byte[] value = new byte[VALUE_BYTES];
        Arrays.fill(value, (byte) ('a' + random.nextInt(26)));
        return new Command.PutConfig(
                CommandHeader.of(UUID.randomUUID().toString()),
                ConfigKey.of("default", key),
                ContentType.DEFAULT,
                false,
                ConfigValue.of(value),
                Precondition.NONE);
    }

    private static long logBytes(LocalMember member) {
        try (Stream<Path> files = Files.walk(member.folder.resolve("raft"))) {
            long bytes = 0;
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("log_"))
                    .toList()) {
                // One that is deleted just now has none.
                bytes += file.toFile().length();
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
