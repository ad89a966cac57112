package io.rollcall.chaos.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a cluster is started.
 *
 * @param folder where data and logs lie; emptied at the start, kept at the end for whoever looks for a cause
 * @param size number of members
 * @param environment of each node; {@code ROLLCALL_…} are its settings
 * @param jvmOptions of each node
 * @param surroundings of the nodes, which the cluster closes when it ends; the last one is the outermost
 */
public record ClusterOptions(
        Path folder,
        int size,
        Map<String, String> environment,
        List<String> jvmOptions,
        List<Surroundings> surroundings) {

    private static final int DEFAULT_SIZE = 3;

    /** Copies the collections. */
    public ClusterOptions {
        environment = Map.copyOf(environment);
        jvmOptions = List.copyOf(jvmOptions);
        surroundings = List.copyOf(surroundings);
    }

    /**
     * Three members with the settings that everybody has.
     *
     * @param name of the folder below {@code target/chaos}
     * @return the options
     */
    public static ClusterOptions named(String name) {
        return in(Path.of("target", "chaos", name));
    }

    /**
     * Three members with the settings that everybody has.
     *
     * @param folder where data and logs lie; emptied at the start
     * @return the options
     */
    public static ClusterOptions in(Path folder) {
        return new ClusterOptions(folder.toAbsolutePath(), DEFAULT_SIZE, Map.of(), List.of(), List.of());
    }

    /**
     * Sets one setting of all nodes.
     *
     * @param variable such as {@code ROLLCALL_RAFT_SNAPSHOT_THRESHOLD}
     * @param value its value
     * @return a copy with it
     */
    public ClusterOptions with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new ClusterOptions(folder, size, more, jvmOptions, surroundings);
    }

    /**
     * Adds an option of all nodes' JVMs.
     *
     * @param option such as {@code -Dname=value}
     * @return a copy with it
     */
    public ClusterOptions withJvmOption(String option) {
        List<String> more = new ArrayList<>(jvmOptions);
        more.add(option);
        return new ClusterOptions(folder, size, environment, more, surroundings);
    }

    /**
     * Puts the nodes into surroundings.
     *
     * @param outer around what surrounds them already; the cluster closes it
     * @return a copy with it
     */
    public ClusterOptions within(Surroundings outer) {
        List<Surroundings> more = new ArrayList<>(surroundings);
        more.add(outer);
        return new ClusterOptions(folder, size, environment, jvmOptions, more);
    }
}
