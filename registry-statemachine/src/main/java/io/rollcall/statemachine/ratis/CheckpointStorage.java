package io.rollcall.statemachine.ratis;

import io.rollcall.statemachine.snapshot.Snapshot;
import io.rollcall.statemachine.snapshot.SnapshotFolder;
import io.rollcall.statemachine.store.RegistryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.impl.FileListSnapshotInfo;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of a member as Ratis sees them: checkpoints in Ratis' {@code sm} folder. Ratis reads from the newest one
 * where its log begins and sends its files to members that lag; when it installs one, it swaps the whole folder.
 */
final class CheckpointStorage implements StateMachineStorage {

    private @Nullable SnapshotFolder folder;
    private volatile @Nullable Snapshot newest;
    private volatile @Nullable SnapshotInfo newestForRatis;

    // For the thread that applies the log alone: whether there may be more snapshots than are to be kept.
    private boolean grown = true;

    @Override
    public void init(RaftStorage storage) throws IOException {
        Path path = storage.getStorageDir().getStateMachineDir().toPath();
        SnapshotFolder opened = new SnapshotFolder(path);
        opened.deleteUnfinished();
        folder = opened;
        refresh();
    }

    /** Looks for the newest snapshot anew. */
    void refresh() throws IOException {
        note(folder().newest());
    }

    private void note(Optional<Snapshot> snapshot) {
        newestForRatis = snapshot.map(CheckpointStorage::forRatis).orElse(null);
        newest = snapshot.orElse(null);
    }

    private static SnapshotInfo forRatis(Snapshot snapshot) {
        // Without digests: Ratis computes them while it sends. Its own files beside the snapshot's, *.md5, are left
        // out.
        List<FileInfo> files =
                snapshot.files().stream().map(file -> new FileInfo(file, null)).toList();
        return new FileListSnapshotInfo(
                files, snapshot.manifest().term(), snapshot.manifest().index());
    }

    /** Writes a snapshot of what is committed in a store. */
    void write(RegistryStore store) throws IOException {
        note(Optional.of(folder().write(store)));
        grown = true;
    }

    Optional<Snapshot> newest() {
        return Optional.ofNullable(newest);
    }

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
        return newestForRatis;
    }

    /** Ratis asks for it each time that it asked for a snapshot, also where none was taken. */
    @Override
    public void cleanupOldSnapshots(SnapshotRetentionPolicy policy) throws IOException {
        if (grown && policy.getNumSnapshotsRetained() > 0) {
            folder().deleteOld(policy.getNumSnapshotsRetained());
            grown = false;
        }
    }

    @Override
    public void format() {
        // Ratis formats its own folders; the database is opened by what lies in them.
    }

    private SnapshotFolder folder() {
        SnapshotFolder opened = folder;
        if (opened == null) {
            throw new IllegalStateException("Ratis has not initialized the snapshot storage yet");
        }
        return opened;
    }
}
