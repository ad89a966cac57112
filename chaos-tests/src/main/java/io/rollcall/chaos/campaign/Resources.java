package io.rollcall.chaos.campaign;

import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the nodes hold of the machine, so that a leak shows.
 *
 * @param byNode of each node that runs
 */
record Resources(Map<String, Usage> byNode) {

    /** Pools grow to their size under load; a leak goes on. */
    private static final int THREADS_GROWTH_MAX = 80;

    private static final int FILES_GROWTH_MAX = 300;

    /**
     * What one node holds.
     *
     * @param threads of the process
     * @param files open files and sockets
     * @param residentKib memory
     */
    record Usage(long threads, long files, long residentKib) {}

    /** Copies the map. */
    Resources {
        byNode = Map.copyOf(byNode);
    }

    static Resources of(ClusterProcess cluster) {
        return new Resources(
                cluster.running().stream().collect(Collectors.toMap(NodeProcess::id, node -> usage(node.pid()))));
    }

    private static Usage usage(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            Map<String, Long> status = Files.readAllLines(process.resolve("status")).stream()
                    .filter(line -> line.startsWith("Threads:") || line.startsWith("VmRSS:"))
                    .map(line -> line.split("\\s+", 3))
                    .collect(Collectors.toMap(words -> words[0], words -> Long.parseLong(words[1])));
            return new Usage(status.getOrDefault("Threads:", 0L), files.count(), status.getOrDefault("VmRSS:", 0L));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what process " + pid + " holds", e);
        }
    }

    /**
     * Compares with an earlier measurement. The heap is bounded by the JVM's own limit, at which a node ends.
     *
     * @param before measured in peace
     * @throws AssertionError if a node holds much more threads or files
     */
    void requireNoGrowthSince(Resources before) {
        byNode.forEach((id, now) -> {
            Usage then = before.byNode.getOrDefault(id, now);
            if (now.threads() > then.threads() + THREADS_GROWTH_MAX || now.files() > then.files() + FILES_GROWTH_MAX) {
                throw new AssertionError(id + " held " + then + " before the faults, and holds " + now + " after them");
            }
        });
    }
}
