package io.rollcall.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The yardstick of reads: a process with one Javalin route that returns what a node returned, the same bytes and headers, on
 * the same JVM with the same flags.
 */
public final class BareRoute implements AutoCloseable {

    private static final Duration SERVING_WAIT_MAX = Duration.ofSeconds(30);

    /** What the HTTP server sets itself. */
    private static final List<String> OF_THE_SERVER = List.of("date", "content-length", "connection", "server");

    private final ChildProcess process;
    private final InetSocketAddress address;

    private BareRoute(ChildProcess process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts one.
     *
     * @param folder for its log and the answer it returns
     * @param node the process whose JVM and flags it takes
     * @param original where the answer is fetched
     * @param path of that answer
     * @return serving
     */
    public static BareRoute start(Path folder, ChildProcess node, InetSocketAddress original, String path) {
        var answer = Calls.require(original, "GET", path, "");
        var address = Ports.free(1).get(0);
        var bodyFile = folder.resolve("bare-body.json");
        var headerFile = folder.resolve("bare-headers.properties");
        try (var headers = Files.newBufferedWriter(headerFile)) {
            Files.writeString(bodyFile, answer.body());
            var kept = new Properties();
            answer.headers().map().forEach((name, values) -> {
                if (!OF_THE_SERVER.contains(name.toLowerCase(Locale.ROOT))) {
                    kept.setProperty(name, values.get(0));
                }
            });
            kept.store(headers, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = new ArrayList<String>();
        command.add(node.facts().command().orElse("java"));
        command.addAll(jvmFlags(node));
        command.addAll(List.of("-cp", System.getProperty("java.class.path", ""), "io.rollcall.bench.bare.BareServer"));
        command.addAll(List.of(Integer.toString(address.getPort()), bodyFile.toString(), headerFile.toString()));
        var bare = new BareRoute(ChildProcess.start("bare", command, Map.of(), folder), address);
        try {
            bare.awaitServing(path);
            return bare;
        } catch (RuntimeException e) {
            bare.close();
            throw e;
        }
    }

    /** Returns where it serves. */
    public InetSocketAddress address() {
        return address;
    }

    /** Returns the processor time it used so far. */
    public Duration cpu() {
        return process.cpu();
    }

    @Override
    public void close() {
        process.close();
    }

    private void awaitServing(String path) {
        Calls.await("the bare route to serve", SERVING_WAIT_MAX, () -> {
            process.requireAlive();
            try {
                return Calls.get(address, path).isOk();
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private static List<String> jvmFlags(ChildProcess node) {
        var arguments = node.facts().arguments().orElse(new String[0]);
        return Stream.of(arguments)
                .takeWhile(argument -> !argument.equals("-jar") && argument.startsWith("-"))
                .filter(argument -> argument.startsWith("-X") || argument.startsWith("--"))
                .toList();
    }
}
