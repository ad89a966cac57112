package io.rollcall.client.junit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers the settings of a {@link RollcallExtension}. Not thread-safe. */
public final class RollcallExtensionBuilder {

    private int nodes = ClusterSettings.defaults().nodes();
    private @Nullable Path home;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private Duration startTimeout = ClusterSettings.defaults().startTimeout();

    RollcallExtensionBuilder() {}

    /**
     * Sets how many nodes there are.
     *
     * @param value 1 to 7; 1 unless told
     * @return this
     */
    public RollcallExtensionBuilder nodes(int value) {
        nodes = value;
        return this;
    }

    /**
     * Sets where the distribution is, whatever {@code rollcall.home} and {@code ROLLCALL_HOME} say.
     *
     * @param value a folder with {@code lib/rollcall-server.jar}
     * @return this
     */
    public RollcallExtensionBuilder home(Path value) {
        home = value;
        return this;
    }

    /**
     * Sets a setting of all nodes.
     *
     * @param key as in the server's configuration file, such as {@code leases.grace}
     * @param value as there
     * @return this
     */
    public RollcallExtensionBuilder setting(String key, String value) {
        String name = "ROLLCALL_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
        environment.put(name, value);
        return this;
    }

    /**
     * Adds options of the nodes' JVM.
     *
     * @param options such as {@code -Xmx1g}; 256 MiB unless told
     * @return this
     */
    public RollcallExtensionBuilder jvmOptions(String... options) {
        jvmOptions.addAll(List.of(options));
        return this;
    }

    /**
     * Sets how long a start may take.
     *
     * @param value until all nodes are ready; 60 s unless told. Too small: a loaded machine fails tests. Too large: what
     *     will never start holds up a build
     * @return this
     */
    public RollcallExtensionBuilder startTimeout(Duration value) {
        startTimeout = value;
        return this;
    }

    /**
     * Makes the extension; nothing is started yet.
     *
     * @return for a field with {@code @RegisterExtension}
     * @throws IllegalArgumentException naming the bad setting
     */
    public RollcallExtension build() {
        return new RollcallExtension(new ClusterSettings(nodes, false, home, environment, jvmOptions, startTimeout));
    }
}
