package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.campaign.Arena;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.disk.DataFiles;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.workload.KeyLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Files of a follower rot while it is down. It starts and has the right state, or it does not start, says which file it is and
 * what to do, and comes back once its folder was moved away; and nobody ever reads what is wrong.
 */
final class CorruptionIT {

    private static final Pattern MANIFEST = Pattern.compile("manifest\\.json");

    /** What a disk can do to a file. */
    private enum Damage {
        /** The beginning of an entry that a crash broke off. */
        TORN_TAIL(
                DataFiles.OPEN_SEGMENT,
                "raft",
                (file, random) -> DataFiles.repeatStart(file, DataFiles.contentEnd(file), random.nextInt(1, 200))),
        FLIPPED_BIT_IN_CLOSED_SEGMENT(
                DataFiles.CLOSED_SEGMENT,
                "raft",
                (file, random) -> DataFiles.flipBit(file, random.nextLong(100, DataFiles.contentEnd(file)))),
        TRUNCATED_CLOSED_SEGMENT(
                DataFiles.CLOSED_SEGMENT,
                "raft",
                (file, random) -> DataFiles.truncate(file, random.nextLong(1, 2_000))),
        FLIPPED_BIT_IN_OPEN_SEGMENT(
                DataFiles.OPEN_SEGMENT,
                "raft",
                (file, random) -> DataFiles.flipBit(file, random.nextLong(20, DataFiles.contentEnd(file) / 2))),
        FLIPPED_BIT_IN_SNAPSHOT(
                DataFiles.TABLE,
                "raft",
                (file, random) -> DataFiles.flipBit(file, random.nextLong(DataFiles.contentEnd(file)))),
        FLIPPED_BIT_IN_MANIFEST(
                MANIFEST,
                "raft",
                (file, random) -> DataFiles.flipBit(file, random.nextLong(DataFiles.contentEnd(file)))),
        FLIPPED_BIT_IN_DATABASE(
                DataFiles.TABLE,
                "db-live",
                (file, random) -> DataFiles.flipBit(file, random.nextLong(DataFiles.contentEnd(file))));

        private final Pattern files;
        private final String folder;

        @SuppressWarnings("ImmutableEnumChecker") // a function without state
        private final BiConsumer<Path, SplittableRandom> change;

        Damage(Pattern files, String folder, BiConsumer<Path, SplittableRandom> change) {
            this.files = files;
            this.folder = folder;
            this.change = change;
        }
    }

    private Recorder recorder;
    private SplittableRandom random;

    @Test
    void damagedFilesGiveNoWrongAnswers(Recorder recorder) {
        run(recorder, 1, EnumSet.of(Damage.TORN_TAIL, Damage.FLIPPED_BIT_IN_DATABASE));
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void manyDamagedFilesGiveNoWrongAnswers(Recorder recorder) {
        run(recorder, 6, EnumSet.allOf(Damage.class));
    }

    private void run(Recorder notes, int rounds, Set<Damage> damages) {
        recorder = notes;
        random = Trial.random(notes);
        var options = ClusterOptions.named("corruption")
                .with("ROLLCALL_RAFT_SNAPSHOT_THRESHOLD", "200")
                .with("ROLLCALL_RAFT_PURGE_PRESERVATION", "100000")
                .with("ROLLCALL_RAFT_SEGMENT_SIZE", "64KiB");
        try (Arena arena = Arena.open(options, KeyLoad.Rate.USUAL, random.split(), notes)) {
            for (int round = 0; round < rounds; round++) {
                for (Damage damage : damages) {
                    damage(arena, damage);
                }
            }
            arena.finish();
        }
    }

    private void damage(Arena arena, Damage damage) {
        NodeProcess node = arena.cluster().others(arena.leader()).get(random.nextInt(2));
        String kind = damage.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        List<Path> candidates = awaitFiles(node, damage);
        try (var fault = arena.fault(kind, node.id())) {
            node.kill();
            Path file = candidates.get(random.nextInt(candidates.size()));
            damage.change.accept(file, random);
            recorder.count(Figure.DAMAGES, 1);
            fault.hit(file.toString());
            node.start();
            boolean served = awaitVerdict(node) && keepsServing(node);
            if (!served) {
                assertSaysWhatToDo(node);
            }
            recorder.count(Figure.DAMAGES_HANDLED, 1);
            recorder.count(served ? Figure.DAMAGES_MENDED : Figure.DAMAGES_REFUSED, 1);
            replaceDisk(node);
        }
        arena.awaitHealed(kind);
    }

    /** Clients read from it, and their reads are compared with what was acknowledged. */
    private static boolean keepsServing(NodeProcess node) {
        Hold.forFault(Duration.ofSeconds(3), "clients read from the node");
        return node.isRunning();
    }

    /** What is damaged and was not needed yet would be found at any time. */
    private static void replaceDisk(NodeProcess node) {
        if (node.isRunning()) {
            node.kill();
        }
        moveAway(node);
        node.start();
    }

    private static List<Path> awaitFiles(NodeProcess node, Damage damage) {
        DataFiles files = new DataFiles(node.data());
        Conditions.await(
                "a file to damage",
                Duration.ofMinutes(2),
                () -> assertThat(candidates(files, damage)).isNotEmpty());
        return candidates(files, damage);
    }

    private static List<Path> candidates(DataFiles files, Damage damage) {
        return files.named(damage.files).stream()
                .filter(file -> file.toString().contains("/" + damage.folder + "/"))
                .toList();
    }

    /** True once it serves, false once it ended by itself. */
    private static boolean awaitVerdict(NodeProcess node) {
        Conditions.await(node.id() + " to serve or to end", Duration.ofSeconds(60), () -> {
            if (node.isRunning()) {
                assertThat(node.isReady()).as("%s is ready", node.id()).isTrue();
            }
        });
        return node.isRunning();
    }

    private static void assertSaysWhatToDo(NodeProcess node) {
        assertThat(node.awaitExit(Duration.ofSeconds(1)))
                .as("exit status of %s on a damaged file", node.id())
                .isNotZero();
        List<String> lines = node.logLines();
        String end = String.join("\n", lines.subList(Math.max(0, lines.size() - 200), lines.size()));
        assertThat(end)
                .as("the log of %s", node.id())
                .contains("move")
                .contains(node.data().toString());
    }

    private static void moveAway(NodeProcess node) {
        try {
            Files.move(node.data(), node.data().resolveSibling(node.id() + ".damaged-" + System.nanoTime()));
        } catch (IOException e) {
            throw new IllegalStateException("cannot move " + node.data(), e);
        }
    }
}
