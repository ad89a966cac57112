package io.rollcall.chaos.shim;

import io.rollcall.api.http.Paths;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.NodeAddress;
import io.rollcall.chaos.cluster.NodeLaunch;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.cluster.Shell;
import io.rollcall.chaos.cluster.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A library between the nodes and their operating system: while a node runs, its syncs can fail, take long, or lie, its wall
 * clock can jump, and all can go well again. Compiled from C when it is needed.
 *
 * <p>The monotonic clock is left alone, as by an operator who sets the clock. libfaketime would do the same for the clock, but
 * a node under it took 47 to 83 s to start instead of 4 s, since each look at the clock costs it a semaphore.
 */
public final class SystemShim implements Surroundings {

    private static final String SOURCE = "system-shim.c";
    private static final int EIO = 5;

    // The layout of the control file, as the source says.
    private static final int ERROR = 0;
    private static final int DELAY = 4;
    private static final int SKIP = 8;
    private static final int CLOCK_OFFSET = 16;
    private static final int INJECTED = 24;
    private static final int CONTROL_BYTES = 32;

    private final Path folder;
    private final Map<String, MappedByteBuffer> controls = new LinkedHashMap<>();

    private SystemShim(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /**
     * A shim that is not compiled yet.
     *
     * @param name of the folder below {@code target/chaos-shims}
     * @return to be given to a cluster
     */
    public static SystemShim named(String name) {
        return new SystemShim(Path.of("target", "chaos-shims", name));
    }

    /**
     * Says why there can be none on this machine.
     *
     * @return empty if there can
     */
    public static Optional<String> missing() {
        return Shell.missing("cc").map(name -> "the library between nodes and disk needs a C compiler, " + name);
    }

    @Override
    public void setUp(List<NodeAddress> addresses) {
        try (InputStream source = SystemShim.class.getResourceAsStream(SOURCE)) {
            if (source == null) {
                throw new IllegalStateException(SOURCE + " is missing from the jar");
            }
            Files.createDirectories(folder);
            Files.copy(source, folder.resolve(SOURCE), StandardCopyOption.REPLACE_EXISTING);
            for (NodeAddress address : addresses) {
                controls.put(address.id(), map(address.id()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + folder, e);
        }
        Shell.run(
                "cc",
                "-O2",
                "-Wall",
                "-shared",
                "-fPIC",
                "-o",
                library().toString(),
                folder.resolve(SOURCE).toString(),
                "-ldl");
    }

    private MappedByteBuffer map(String id) throws IOException {
        Path file = folder.resolve(id + ".control");
        Files.write(file, new byte[CONTROL_BYTES]);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer control = channel.map(FileChannel.MapMode.READ_WRITE, 0, CONTROL_BYTES);
            control.order(ByteOrder.nativeOrder());
            return control;
        }
    }

    private Path library() {
        return folder.resolve("system-shim.so");
    }

    @Override
    public NodeLaunch surround(NodeLaunch launch) {
        return launch.withPreload(library())
                .withEnvironment(
                        "SYSTEM_SHIM_CONTROL",
                        folder.resolve(launch.address().id() + ".control").toString());
    }

    /**
     * Lets each sync of a node fail with an input/output error.
     *
     * @param node whose
     */
    public void fail(NodeProcess node) {
        control(node).putInt(ERROR, EIO);
    }

    /**
     * Lets each sync of a node take longer.
     *
     * @param node whose
     * @param delay by how much
     */
    public void delay(NodeProcess node, Duration delay) {
        control(node).putInt(DELAY, (int) delay.toMillis());
    }

    /**
     * Lets each sync of a node do nothing and report success.
     *
     * @param node whose
     */
    public void lie(NodeProcess node) {
        control(node).putInt(SKIP, 1);
    }

    /**
     * Sets a node's wall clock.
     *
     * @param node whose
     * @param offset how far ahead of the right time it is; negative: behind
     */
    public void setClock(NodeProcess node, Duration offset) {
        control(node).putLong(CLOCK_OFFSET, offset.toSeconds());
    }

    /**
     * Asks a node for the time, as it stamps its answers.
     *
     * @param node which
     * @return by how much it is ahead of the driver's clock, to a second
     * @throws IllegalStateException if it does not answer
     */
    public static Duration clockShownBy(NodeProcess node) {
        Outcome outcome = new PlainClient(Duration.ofSeconds(5)).send(node.http(), ApiRequest.get(Paths.LIVEZ));
        String date = outcome.reply()
                .flatMap(answer -> answer.headers().firstValue("Date"))
                .orElseThrow(() -> new IllegalStateException(node.id() + " does not tell the time: " + outcome));
        return Duration.between(
                Instant.now(),
                ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    }

    /**
     * Lets all go well again for a node.
     *
     * @param node whose
     */
    public void heal(NodeProcess node) {
        heal(control(node));
    }

    @Override
    public void heal() {
        controls.values().forEach(SystemShim::heal);
    }

    private static void heal(MappedByteBuffer control) {
        control.putInt(ERROR, 0);
        control.putInt(DELAY, 0);
        control.putInt(SKIP, 0);
        control.putLong(CLOCK_OFFSET, 0);
    }

    /**
     * Returns how many syncs of a node failed, were late, or lied.
     *
     * @param node whose
     * @return since the cluster was set up
     */
    public long injected(NodeProcess node) {
        return control(node).getLong(INJECTED);
    }

    @Override
    public void close() {
        heal();
    }

    private MappedByteBuffer control(NodeProcess node) {
        MappedByteBuffer control = controls.get(node.id());
        if (control == null) {
            throw new IllegalStateException(node.id() + " runs without the library");
        }
        return control;
    }
}
