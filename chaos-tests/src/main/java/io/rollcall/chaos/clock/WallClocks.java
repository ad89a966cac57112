package io.rollcall.chaos.clock;

import io.rollcall.chaos.cluster.NodeAddress;
import io.rollcall.chaos.cluster.NodeLaunch;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.cluster.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A wall clock of its own for each node, by libfaketime: it can jump, ahead and back, while the node runs. Monotonic clocks
 * are left alone, as by an operator or a time server that sets the clock.
 */
public final class WallClocks implements Surroundings {

    private static final String LIBRARY = "libfaketimeMT.so.1";

    private final Path folder;

    private WallClocks(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /**
     * Clocks that are right, so far.
     *
     * @param name of the folder below {@code target/chaos-clocks}
     * @return to be given to a cluster
     */
    public static WallClocks named(String name) {
        return new WallClocks(Path.of("target", "chaos-clocks", name));
    }

    /**
     * Says why there can be none on this machine.
     *
     * @return empty if there can
     */
    public static Optional<String> missing() {
        return library().isPresent() ? Optional.empty() : Optional.of("wrong clocks need libfaketime");
    }

    private static Optional<Path> library() {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(each -> each.resolve("faketime").resolve(LIBRARY))
                    .filter(Files::exists)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void setUp(List<NodeAddress> addresses) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + folder, e);
        }
        addresses.forEach(address -> write(address.id(), Duration.ZERO));
    }

    @Override
    public NodeLaunch surround(NodeLaunch launch) {
        Path preload = library().orElseThrow(() -> new IllegalStateException("libfaketime is not installed"));
        return launch.withPreload(preload)
                .withEnvironment(
                        "FAKETIME_TIMESTAMP_FILE", file(launch.address().id()).toString())
                .withEnvironment("FAKETIME_NO_CACHE", "1")
                .withEnvironment("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .withEnvironment("DONT_FAKE_MONOTONIC", "1");
    }

    /**
     * Sets a node's clock.
     *
     * @param node whose
     * @param offset how far ahead of the right time it is; negative: behind
     */
    public void set(NodeProcess node, Duration offset) {
        write(node.id(), offset);
    }

    @Override
    public void heal() {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".offset"))
                    .forEach(file -> write(file.getFileName().toString().replace(".offset", ""), Duration.ZERO));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    @Override
    public void close() {
        // The files are in the build's folder, and harm nobody.
    }

    private void write(String id, Duration offset) {
        try {
            // Replaced as a whole: a process that reads half an offset has any time at all.
            Path fresh = folder.resolve(id + ".fresh");
            Files.writeString(fresh, (offset.isNegative() ? "" : "+") + offset.toSeconds() + "\n");
            Files.move(fresh, file(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set the clock of " + id, e);
        }
    }

    private Path file(String id) {
        return folder.resolve(id + ".offset");
    }
}
