package io.rollcall.statemachine.snapshot;

import io.rollcall.statemachine.fault.CrashPoint;
import io.rollcall.statemachine.snapshot.SnapshotManifest.Entry;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.store.RegistryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The folder in which a member keeps its snapshots, each a folder {@code <term>_<index>}. A snapshot appears whole or not
 * at all: it is written under a name that begins with {@value #UNFINISHED}, made durable, and renamed. For one thread.
 */
public final class SnapshotFolder {

    private static final String UNFINISHED = ".tmp_";
    private static final String TABLE_FILE = ".sst";
    private static final Pattern NAME = Pattern.compile("\\d+_\\d+");

    private final Path folder;

    /**
     * A folder of snapshots.
     *
     * @param folder made by {@link #write} if it is missing
     */
    public SnapshotFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes a snapshot of what is committed, mostly by hard links; nothing may be committed meanwhile. If there is one of
     * the same position already, that one is returned.
     *
     * @param store of which
     * @return the snapshot, durable
     * @throws IOException if it cannot be written; what is there is left for {@link #deleteUnfinished}
     * @throws io.rollcall.statemachine.store.StoreException if the store failed
     */
    public Snapshot write(RegistryStore store) throws IOException {
        AppliedPosition position = store.reader().applied();
        String name = position.term() + "_" + position.logIndex();
        Path target = folder.resolve(name);
        Files.createDirectories(folder);
        if (Files.exists(target.resolve(SnapshotManifest.FILE_NAME))) {
            return read(target);
        }
        Path unfinished = folder.resolve(UNFINISHED + name);
        Folders.delete(unfinished);
        CrashPoint.SNAPSHOT_BEFORE_CHECKPOINT.reached();
        store.checkpoint(unfinished);
        SnapshotManifest manifest = new SnapshotManifest(
                SnapshotManifest.FORMAT,
                position.term(),
                position.logIndex(),
                position.registryIndex(),
                position.clockMillis(),
                store.digest(),
                describe(unfinished));
        forceAll(unfinished);
        CrashPoint.SNAPSHOT_BEFORE_MANIFEST.reached();
        Path manifestFile = unfinished.resolve(SnapshotManifest.FILE_NAME);
        Files.write(manifestFile, manifest.toJson());
        Folders.force(manifestFile);
        Folders.force(unfinished);
        CrashPoint.SNAPSHOT_BEFORE_RENAME.reached();
        // A folder without a manifest is one that somebody began outside of this class.
        Folders.delete(target);
        Folders.rename(unfinished, target);
        CrashPoint.SNAPSHOT_AFTER_RENAME.reached();
        return new Snapshot(target, manifest);
    }

    /**
     * Returns the snapshots, newest first.
     *
     * @return those that are whole
     * @throws IOException if one of them is damaged: say so and stop, the log may not reach back to an older one
     */
    public List<Snapshot> list() throws IOException {
        List<Snapshot> snapshots = new ArrayList<>();
        for (Path entry : Folders.list(folder)) {
            if (NAME.matcher(entry.getFileName().toString()).matches()
                    && Files.exists(entry.resolve(SnapshotManifest.FILE_NAME))) {
                snapshots.add(read(entry));
            }
        }
        snapshots.sort(Comparator.comparingLong(
                        (Snapshot snapshot) -> snapshot.manifest().index())
                .thenComparingLong(snapshot -> snapshot.manifest().term())
                .reversed());
        return snapshots;
    }

    /**
     * Returns the newest snapshot.
     *
     * @return empty if there is none
     * @throws IOException as {@link #list}
     */
    public Optional<Snapshot> newest() throws IOException {
        return list().stream().findFirst();
    }

    /**
     * Deletes all but the newest ones.
     *
     * @param kept how many to keep, 2 or more while one may be on its way to another member
     * @throws IOException if a file cannot be deleted
     */
    public void deleteOld(int kept) throws IOException {
        List<Snapshot> snapshots = list();
        for (Snapshot old : snapshots.subList(Math.min(kept, snapshots.size()), snapshots.size())) {
            // Renamed first: half a snapshot must not look like a whole one.
            Path unfinished = folder.resolve(UNFINISHED + old.folder().getFileName());
            Folders.delete(unfinished);
            Folders.rename(old.folder(), unfinished);
            CrashPoint.SNAPSHOT_BEFORE_DELETION.reached();
            Folders.delete(unfinished);
        }
    }

    /**
     * Deletes what a crash left behind. To be called at start, before a snapshot is written.
     *
     * @throws IOException if a file cannot be deleted
     */
    public void deleteUnfinished() throws IOException {
        for (Path entry : Folders.list(folder)) {
            if (entry.getFileName().toString().startsWith(UNFINISHED)) {
                Folders.delete(entry);
            }
        }
    }

    /**
     * Replaces a store's folder by a snapshot. A crash leaves the old store, none, or the new one, never a mixture; none
     * is to be restored again.
     *
     * @param snapshot what to restore; it is verified, and made durable should it have come over the network
     * @param live the folder of a store that is closed, or of none
     * @throws IOException if the snapshot is damaged, or a file cannot be written
     */
    public static void restore(Snapshot snapshot, Path live) throws IOException {
        snapshot.verify();
        forceAll(snapshot.folder());
        Folders.force(Folders.parent(snapshot.folder()));
        deleteUnfinishedRestore(live);
        Path fresh = Files.createDirectories(restoring(live));
        for (Entry entry : snapshot.manifest().files()) {
            Path source = snapshot.folder().resolve(entry.name());
            linkOrCopy(source, fresh.resolve(entry.name()));
        }
        forceAll(fresh);
        CrashPoint.RESTORE_BEFORE_SWAP.reached();
        if (Files.exists(live)) {
            Folders.rename(live, replaced(live));
        }
        CrashPoint.RESTORE_BETWEEN_RENAMES.reached();
        Folders.rename(fresh, live);
        CrashPoint.RESTORE_AFTER_SWAP.reached();
        deleteUnfinishedRestore(live);
    }

    /**
     * Deletes what a crash during {@link #restore} left beside a store's folder.
     *
     * @param live the folder of the store
     * @throws IOException if a file cannot be deleted
     */
    public static void deleteUnfinishedRestore(Path live) throws IOException {
        Folders.delete(restoring(live));
        Folders.delete(replaced(live));
    }

    private static Path restoring(Path live) {
        return live.resolveSibling(live.getFileName() + ".restoring");
    }

    private static Path replaced(Path live) {
        return live.resolveSibling(live.getFileName() + ".replaced");
    }

    private static Snapshot read(Path folder) throws IOException {
        Snapshot snapshot = new Snapshot(folder, SnapshotManifest.read(folder.resolve(SnapshotManifest.FILE_NAME)));
        snapshot.verifySizes();
        return snapshot;
    }

    private static List<Entry> describe(Path folder) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path file : Folders.list(folder)) {
            Long checksum = isTable(file) ? null : (Long) Checksums.crc32c(file);
            entries.add(new Entry(file.getFileName().toString(), Files.size(file), checksum));
        }
        return entries;
    }

    private static void forceAll(Path folder) throws IOException {
        for (Path file : Folders.list(folder)) {
            Folders.force(file);
        }
        Folders.force(folder);
    }

    private static void linkOrCopy(Path source, Path target) throws IOException {
        // Table files are never changed, only deleted; the others may be written to by the store that opens them.
        if (isTable(source)) {
            try {
                Files.createLink(target, source);
                return;
            } catch (UnsupportedOperationException | IOException e) {
                // Another file system, or one without links: the copy below does the same, and fails with a reason.
                Files.deleteIfExists(target);
            }
        }
        Files.copy(source, target);
    }

    private static boolean isTable(Path file) {
        return file.toString().endsWith(TABLE_FILE);
    }
}
