package io.rollcall.chaos.cluster;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How a cluster is started.
 *
 * @param folder where data and logs lie; emptied at the start, kept at the end for whoever looks for a cause
 * @param size number of members
 * @param environment of each node; {@code ROLLCALL_…} are its settings
 */
public record ClusterOptions(Path folder, int size, Map<String, String> environment) {

    private static final int DEFAULT_SIZE = 3;

    /** Copies the environment. */
    public ClusterOptions {
        environment = Map.copyOf(environment);
    }

    /**
     * Three members with the settings that everybody has.
     *
     * @param name of the folder below {@code target/chaos}
     * @return the options
     */
    public static ClusterOptions named(String name) {
        return new ClusterOptions(Path.of("target", "chaos", name).toAbsolutePath(), DEFAULT_SIZE, Map.of());
    }

    /**
     * Sets one setting of all nodes.
     *
     * @param variable such as {@code ROLLCALL_RAFT_SNAPSHOT_THRESHOLD}
     * @param value its value
     * @return a copy with it
     */
    public ClusterOptions with(String variable, String value) {
        Map<String, String> copy = new HashMap<>(environment);
        copy.put(variable, value);
        return new ClusterOptions(folder, size, copy);
    }
}
