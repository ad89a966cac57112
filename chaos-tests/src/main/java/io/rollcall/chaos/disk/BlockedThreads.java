package io.rollcall.chaos.disk;

import io.rollcall.chaos.cluster.NodeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The threads of a node that wait for its disk, as the kernel shows them: the proof that a freeze hit. */
public final class BlockedThreads {

    private static final char UNINTERRUPTIBLE = 'D';

    private BlockedThreads() {}

    /**
     * Counts them.
     *
     * @param node which runs
     * @return those that no signal reaches
     */
    public static long of(NodeProcess node) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(node.pid()), "task"))) {
            return threads.filter(BlockedThreads::isBlocked).count();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the threads of " + node.id(), e);
        }
    }

    private static boolean isBlocked(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == UNINTERRUPTIBLE;
        } catch (IOException ended) {
            return false;
        }
    }
}
