package io.rollcall.chaos.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a node is started.
 *
 * @param address where it listens
 * @param data its data folder
 * @param prefix words before the command, such as a program that runs it elsewhere
 * @param jvmOptions beside those that all nodes get
 * @param environment of the process; {@code ROLLCALL_…} are the node's settings
 * @param tls by which the driver speaks with the node; null: in the clear
 */
public record NodeLaunch(
        NodeAddress address,
        Path data,
        List<String> prefix,
        List<String> jvmOptions,
        Map<String, String> environment,
        @Nullable SSLContext tls) {

    /** Copies the collections. */
    public NodeLaunch {
        prefix = List.copyOf(prefix);
        jvmOptions = List.copyOf(jvmOptions);
        environment = Map.copyOf(environment);
    }

    /**
     * Puts the data elsewhere.
     *
     * @param folder the data folder
     * @return a copy with it
     */
    public NodeLaunch withData(Path folder) {
        return new NodeLaunch(address, folder, prefix, jvmOptions, environment, tls);
    }

    /**
     * Changes where the node listens and how the others name it.
     *
     * @param changed the address
     * @return a copy with it
     */
    public NodeLaunch withAddress(NodeAddress changed) {
        return new NodeLaunch(changed, data, prefix, jvmOptions, environment, tls);
    }

    /**
     * Runs the node by another program.
     *
     * @param words come before the command and all prefixes so far
     * @return a copy with them
     */
    public NodeLaunch withPrefix(String... words) {
        List<String> longer = new ArrayList<>(List.of(words));
        longer.addAll(prefix);
        return new NodeLaunch(address, data, longer, jvmOptions, environment, tls);
    }

    /**
     * Adds options of the JVM.
     *
     * @param options such as {@code -Dname=value}
     * @return a copy with them
     */
    public NodeLaunch withJvmOptions(String... options) {
        List<String> longer = new ArrayList<>(jvmOptions);
        longer.addAll(List.of(options));
        return new NodeLaunch(address, data, prefix, longer, environment, tls);
    }

    /**
     * Sets a variable of the environment.
     *
     * @param name its name
     * @param value its value
     * @return a copy with it
     */
    public NodeLaunch withEnvironment(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new NodeLaunch(address, data, prefix, jvmOptions, more, tls);
    }

    /**
     * Has the driver speak TLS with the node, which the environment has told to.
     *
     * @param context whom it trusts, and what it shows
     * @return a copy with it
     */
    public NodeLaunch withTls(SSLContext context) {
        return new NodeLaunch(address, data, prefix, jvmOptions, environment, context);
    }

    /**
     * Loads a library before all others.
     *
     * @param library the file
     * @return a copy whose {@code LD_PRELOAD} names it, too
     */
    public NodeLaunch withPreload(Path library) {
        String before = environment.get("LD_PRELOAD");
        return withEnvironment("LD_PRELOAD", before == null ? library.toString() : before + ":" + library);
    }
}
