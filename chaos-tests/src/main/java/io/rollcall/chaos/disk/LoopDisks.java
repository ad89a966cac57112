package io.rollcall.chaos.disk;

import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeAddress;
import io.rollcall.chaos.cluster.NodeLaunch;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.cluster.Shell;
import io.rollcall.chaos.cluster.Surroundings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file system of its own for each node: ext4 in a file, mounted by a loop device. It can lose power, which forgets all that
 * was not synced, and it can be full. Needs root.
 *
 * <p>Power is lost by ext4's shutdown request (EXT4_IOC_SHUTDOWN without flushing the journal): from that moment nothing
 * reaches the file any more, and what the page cache held is gone with the mount. {@code kill -9} alone loses nothing, since
 * the kernel writes the cache out.
 */
public final class LoopDisks implements Surroundings {

    private static final Logger LOG = LoggerFactory.getLogger(LoopDisks.class);

    /** The kernel's own write-back must not save what nobody synced; its journal is written once a minute. */
    private static final String OPTIONS = "loop,noatime,commit=60";

    private static final String SHUTDOWN =
            "open(my $f, '<', $ARGV[0]) or die $!; my $v = pack('L', 2); ioctl($f, 0x8004587d, $v) or die $!;";

    private static final Duration RESTORE_LIMIT = Duration.ofSeconds(30);
    private static final String BALLAST = "ballast";
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Path folder;
    private final int megabytes;
    private final Map<String, Disk> disks = new LinkedHashMap<>();
    private final Set<String> frozen = ConcurrentHashMap.newKeySet();

    /** The image and where it is mounted. */
    private record Disk(Path image, Path mount) {

        boolean answers() {
            try (Stream<Path> entries = Files.list(mount)) {
                return entries.findAny().isPresent();
            } catch (IOException e) {
                return false;
            }
        }

        boolean isMounted() {
            try {
                return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                        .anyMatch(line -> line.split(" ", 3)[1].equals(mount.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the mounts", e);
            }
        }
    }

    private LoopDisks(Path folder, int megabytes) {
        this.folder = folder.toAbsolutePath();
        this.megabytes = megabytes;
    }

    /**
     * Disks that do not exist yet.
     *
     * @param name of the folder below {@code target/chaos-disks}
     * @param megabytes size of each
     * @return to be given to a cluster
     */
    public static LoopDisks named(String name, int megabytes) {
        return new LoopDisks(Path.of("target", "chaos-disks", name), megabytes);
    }

    /**
     * Says why there can be none on this machine.
     *
     * @return empty if there can
     */
    public static Optional<String> missing() {
        if (!Shell.isRoot()) {
            return Optional.of("loop-mounted disks need root");
        }
        Optional<String> program = Shell.missing("mkfs.ext4", "mount", "umount", "perl", "fsfreeze");
        if (program.isPresent()) {
            return program.map(name -> "loop-mounted disks need the program " + name);
        }
        return Files.exists(Path.of("/dev/loop-control")) ? Optional.empty() : Optional.of("there are no loop devices");
    }

    @Override
    public void setUp(List<NodeAddress> addresses) {
        for (NodeAddress address : addresses) {
            Disk disk = new Disk(folder.resolve(address.id() + ".img"), folder.resolve(address.id()));
            disks.put(address.id(), disk);
            unmount(disk);
            create(disk);
            mount(disk);
        }
    }

    private void create(Disk disk) {
        try {
            Files.createDirectories(disk.mount());
            Files.deleteIfExists(disk.image());
            try (RandomAccessFile image = new RandomAccessFile(disk.image().toFile(), "rw")) {
                image.setLength(megabytes * 1024L * 1024);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + disk, e);
        }
        // No space kept back for root, which the nodes are: full is full.
        Shell.run("mkfs.ext4", "-q", "-F", "-m", "0", disk.image().toString());
    }

    @Override
    public NodeLaunch surround(NodeLaunch launch) {
        return launch.withData(disk(launch.address().id()).mount().resolve("data"));
    }

    /**
     * Takes the power of a node: its disk forgets what was not synced, and its process dies.
     *
     * @param node which runs
     */
    public void cutPower(NodeProcess node) {
        // The disk first: a process that dies first has nothing under way that could be lost.
        Shell.run("perl", "-e", SHUTDOWN, disk(node.id()).mount().toString());
        node.kill();
    }

    /**
     * Gives a node its disk back, as it is after the power came back. The node does not run.
     *
     * @param node which lost its power
     */
    public void restorePower(NodeProcess node) {
        Disk disk = disk(node.id());
        // Whoever made a namespace meanwhile has the old mount in it, and as long as that lives a new one is the same.
        Conditions.await("the disk of " + node.id() + " to come back", RESTORE_LIMIT, () -> {
            unmount(disk);
            mount(disk);
            if (!disk.answers()) {
                throw new AssertionError(disk + " is still the one that was shut down");
            }
        });
    }

    /**
     * Fills a disk but for some room. A node that writes goes on.
     *
     * @param node whose
     * @param leftBytes what is left of it
     */
    public void fillBut(NodeProcess node, long leftBytes) {
        Path ballast = disk(node.id()).mount().resolve(BALLAST);
        byte[] chunk = new byte[CHUNK_BYTES];
        try (OutputStream out = Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (freeBytes(node) > leftBytes + CHUNK_BYTES) {
                out.write(chunk);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot fill the disk of " + node.id(), e);
        }
    }

    /**
     * Fills a node's disk to the last block.
     *
     * @param node whose
     * @return how many bytes it took
     */
    public long fill(NodeProcess node) {
        Path ballast = disk(node.id()).mount().resolve(BALLAST);
        byte[] chunk = new byte[CHUNK_BYTES];
        long written = 0;
        for (int size = CHUNK_BYTES; size > 0; size /= 2) {
            written += append(ballast, chunk, size);
        }
        return written;
    }

    private static long append(Path file, byte[] chunk, int size) {
        long written = 0;
        while (true) {
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                for (int i = 0; i < 64; i++) {
                    out.write(chunk, 0, size);
                    written += size;
                }
            } catch (IOException full) {
                LOG.atDebug().setCause(full).log("the disk is full");
                return written;
            }
        }
    }

    /**
     * Lets nothing be written to a node's disk any more: writers wait. Reads of what is cached go on.
     *
     * @param node whose
     * @param atMost after which it thaws by itself, whatever becomes of this process
     */
    public void freeze(NodeProcess node, Duration atMost) {
        frozen.add(node.id());
        Freeze.begin(disk(node.id()).mount(), atMost);
    }

    /**
     * Lets a node's disk be written to again; one that is not frozen stays as it is.
     *
     * @param node whose
     */
    public void thaw(NodeProcess node) {
        thaw(node.id());
    }

    private void thaw(String id) {
        Freeze.end(disk(id).mount());
        frozen.remove(id);
    }

    @Override
    public void heal() {
        List.copyOf(frozen).forEach(this::thaw);
    }

    /**
     * Tells how much space is left on a node's disk.
     *
     * @param node whose
     * @return bytes
     */
    public long freeBytes(NodeProcess node) {
        return disk(node.id()).mount().toFile().getUsableSpace();
    }

    /**
     * Frees what {@link #fill} took.
     *
     * @param node whose disk
     */
    public void free(NodeProcess node) {
        try {
            Files.deleteIfExists(disk(node.id()).mount().resolve(BALLAST));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot free the disk of " + node.id(), e);
        }
    }

    @Override
    public void close() {
        disks.values().forEach(LoopDisks::unmount);
        for (Disk disk : disks.values()) {
            try {
                Files.deleteIfExists(disk.image());
                Files.deleteIfExists(disk.mount());
            } catch (IOException e) {
                LOG.atWarn().setCause(e).log("could not delete a disk");
            }
        }
    }

    @Override
    public List<String> cleanUpCommands() {
        return disks.values().stream()
                .map(disk -> Freeze.endCommand(disk.mount()) + "; umount " + disk.mount() + "; rm -f " + disk.image())
                .toList();
    }

    private static void mount(Disk disk) {
        Shell.run("mount", "-o", OPTIONS, disk.image().toString(), disk.mount().toString());
    }

    private static void unmount(Disk disk) {
        while (disk.isMounted()) {
            Shell.run("umount", disk.mount().toString());
        }
    }

    private Disk disk(String id) {
        Disk disk = disks.get(id);
        if (disk == null) {
            throw new IllegalStateException(id + " has no disk of its own");
        }
        return disk;
    }
}
