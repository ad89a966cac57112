package io.rollcall.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a demo consists of.
 *
 * @param nodes how many nodes, 1 to {@value #MAX_NODES}
 * @param httpPort of the first node; the next nodes have the next ports
 * @param raftPort likewise
 * @param data where data and logs lie, and stay; null: a temporary folder that is removed at the end
 * @param samples whether sample providers and a consumer run
 * @param trouble from one trouble of a sample to its next, 9 s to 1 h; zero for none
 * @param launcher the program that starts a node with {@code server}
 */
public record DemoSettings(
        int nodes, int httpPort, int raftPort, @Nullable Path data, boolean samples, Duration trouble, Path launcher) {

    /** How many nodes, unless told. */
    public static final int DEFAULT_NODES = 3;

    /** The first node's HTTP port, unless told. */
    public static final int DEFAULT_HTTP_PORT = 8500;

    /** How far the Raft port lies below the HTTP port, unless told. */
    public static final int RAFT_BELOW_HTTP = 200;

    /** From one trouble of a sample to its next, unless told. */
    public static final Duration DEFAULT_TROUBLE = Duration.ofSeconds(45);

    private static final int MAX_NODES = 9;
    private static final int MIN_PORT = 1024;
    private static final int MAX_PORT = 65_535;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the option that is out of range
     */
    public DemoSettings {
        if (nodes < 1 || nodes > MAX_NODES) {
            throw new IllegalArgumentException("--nodes must be 1 to " + MAX_NODES + ", is " + nodes);
        }
        requirePorts("--port", httpPort, nodes);
        requirePorts("--raft-port", raftPort, nodes);
        if (Math.abs(httpPort - raftPort) < nodes) {
            throw new IllegalArgumentException("--port " + httpPort + " and --raft-port " + raftPort
                    + " overlap: each needs " + nodes + " ports in a row");
        }
        Pace.requireCycle("--trouble", trouble);
    }

    private static void requirePorts(String option, int first, int count) {
        if (first < MIN_PORT || first > MAX_PORT - count + 1) {
            throw new IllegalArgumentException(
                    option + " must be " + MIN_PORT + " to " + (MAX_PORT - count + 1) + ", is " + first);
        }
    }

    /** The launcher as it is typed: short where the caller stands in the checkout, as most do. */
    String typedLauncher() {
        Path here = Path.of("").toAbsolutePath();
        return launcher.startsWith(here) ? here.relativize(launcher).toString() : launcher.toString();
    }

    Pace pace() {
        return new Pace(trouble);
    }

    List<NodeAddress> addresses() {
        return IntStream.range(0, nodes)
                .mapToObj(i -> new NodeAddress("n" + (i + 1), httpPort + i, raftPort + i))
                .toList();
    }

    /** Such as {@code n1=127.0.0.1:8300,n2=127.0.0.1:8301}. */
    String peers() {
        return addresses().stream()
                .map(address -> address.id() + "=" + address.raft())
                .collect(Collectors.joining(","));
    }
}
