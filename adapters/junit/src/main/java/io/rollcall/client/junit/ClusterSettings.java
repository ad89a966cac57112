package io.rollcall.client.junit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is started.
 *
 * @param nodes how many, 1 to 7
 * @param perMethod whether each test method gets its own
 * @param home the distribution's folder; null: where {@link Distribution} looks
 * @param environment of the nodes; {@code ROLLCALL_…} are their settings
 * @param jvmOptions beside those that all nodes get
 * @param startTimeout until all nodes are ready
 */
record ClusterSettings(
        int nodes,
        boolean perMethod,
        @Nullable Path home,
        Map<String, String> environment,
        List<String> jvmOptions,
        Duration startTimeout) {

    static final int NODES_MAX = 7;

    private static final ClusterSettings DEFAULT =
            new ClusterSettings(1, false, null, Map.of(), List.of(), Duration.ofSeconds(60));

    ClusterSettings {
        if (nodes < 1 || nodes > NODES_MAX) {
            throw new IllegalArgumentException("a cluster has 1 to " + NODES_MAX + " nodes, not " + nodes);
        }
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException("startTimeout must be above zero, is " + startTimeout);
        }
        environment = Map.copyOf(environment);
        jvmOptions = List.copyOf(jvmOptions);
    }

    static ClusterSettings defaults() {
        return DEFAULT;
    }

    static ClusterSettings of(RollcallCluster annotation) {
        return new ClusterSettings(
                annotation.nodes(),
                annotation.perMethod(),
                DEFAULT.home,
                DEFAULT.environment,
                DEFAULT.jvmOptions,
                DEFAULT.startTimeout);
    }
}
