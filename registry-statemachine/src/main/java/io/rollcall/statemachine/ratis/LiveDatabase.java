package io.rollcall.statemachine.ratis;

import io.rollcall.statemachine.snapshot.Snapshot;
import io.rollcall.statemachine.snapshot.SnapshotFolder;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.store.RegistryStore;
import io.rollcall.statemachine.store.RegistryStore.Transaction;
import io.rollcall.statemachine.store.RocksRegistryStore;
import io.rollcall.statemachine.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database that entries are applied to. For the one thread that applies the log, but for {@link #close}. */
final class LiveDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(LiveDatabase.class);

    private final Path folder;
    private final Consumer<StoreException> onBackgroundError;
    private @Nullable RegistryStore store;

    LiveDatabase(Path folder, Consumer<StoreException> onBackgroundError) {
        this.folder = folder;
        this.onBackgroundError = onBackgroundError;
    }

    /**
     * Opens the database, from the newest snapshot if the database is missing or older: Ratis replays the log from that
     * snapshot on, and what lies before may be gone.
     */
    synchronized RegistryStore open(Optional<Snapshot> newest) throws IOException {
        close();
        SnapshotFolder.deleteUnfinishedRestore(folder);
        boolean missing = !Files.exists(folder);
        if (newest.isPresent() && missing) {
            return restore(newest.get(), "there is none");
        }
        RegistryStore opened = RocksRegistryStore.open(folder, onBackgroundError);
        store = opened;
        long applied = opened.reader().applied().logIndex();
        if (newest.isPresent() && applied < newest.get().manifest().index()) {
            close();
            return restore(newest.get(), "it is at log index " + applied);
        }
        return opened;
    }

    private RegistryStore restore(Snapshot snapshot, String why) throws IOException {
        LOG.atInfo()
                .addKeyValue("database", folder)
                .addKeyValue("snapshot", snapshot.folder())
                .addKeyValue("because", why)
                .log("restoring the database from the newest snapshot");
        SnapshotFolder.restore(snapshot, folder);
        RocksRegistryStore restored = RocksRegistryStore.open(folder, onBackgroundError);
        store = restored;
        snapshot.verifyRestored(restored);
        return restored;
    }

    /** The store, with its position moved over entries of Ratis' own, which change nothing else. */
    synchronized RegistryStore advancedTo(TermIndex applied) {
        RegistryStore opened = store;
        if (opened == null) {
            throw new StoreException("the database " + folder + " is closed", null);
        }
        AppliedPosition position = opened.reader().applied();
        if (position.logIndex() < applied.getIndex()) {
            try (Transaction transaction = opened.begin()) {
                transaction.commit(new AppliedPosition(
                        applied.getTerm(), applied.getIndex(), position.registryIndex(), position.clockMillis()));
            }
        }
        return opened;
    }

    synchronized void close() {
        RegistryStore opened = store;
        store = null;
        if (opened != null) {
            opened.close();
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
