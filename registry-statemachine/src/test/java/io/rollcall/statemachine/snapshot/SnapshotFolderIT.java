package io.rollcall.statemachine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Registration;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.Mutation.PutInstance;
import io.rollcall.statemachine.state.Vitals;
import io.rollcall.statemachine.store.RegistryStore;
import io.rollcall.statemachine.store.RegistryStore.Transaction;
import io.rollcall.statemachine.store.RocksRegistryStore;
import io.rollcall.statemachine.store.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotFolderIT {

    @TempDir
    private Path root;

    private Path live;
    private SnapshotFolder snapshots;
    private RocksRegistryStore store;

    @BeforeEach
    void open() {
        live = root.resolve("db");
        snapshots = new SnapshotFolder(root.resolve("sm"));
        store = StoreFiles.open(live);
        register(store, 1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void restoredStoreIsTheOneThatWasWritten() throws Exception {
        Snapshot snapshot = snapshots.write(store);
        register(store, 2);
        store.close();

        SnapshotFolder.restore(snapshot, live);
        store = StoreFiles.open(live);

        assertThat(store.reader().applied()).isEqualTo(position(1));
        assertThat(store.digest()).isEqualTo(snapshot.manifest().digest()).isEqualTo(store.recomputeDigest());
        assertThat(root)
                .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("db."));
    }

    @Test
    void manifestSaysWhatTheSnapshotHolds() throws Exception {
        Snapshot snapshot = snapshots.write(store);

        SnapshotManifest manifest = snapshot.manifest();
        assertThat(manifest.term()).isEqualTo(1);
        assertThat(manifest.index()).isEqualTo(1);
        assertThat(manifest.registryIndex()).isEqualTo(1);
        assertThat(manifest.clockMillis()).isEqualTo(position(1).clockMillis());
        assertThat(manifest.digest()).isEqualTo(store.digest());
        assertThat(snapshot.folder().getFileName()).hasToString("1_1");
        assertThat(snapshot.files()).last().isEqualTo(snapshot.folder().resolve("manifest.json"));
        try (Stream<Path> files = Files.list(snapshot.folder())) {
            assertThat(snapshot.files()).containsExactlyInAnyOrderElementsOf(files.toList());
        }
        assertThat(snapshots.newest()).contains(snapshot);
    }

    @Test
    void storeThatWasRestoredLeavesTheSnapshotAlone() throws Exception {
        Snapshot snapshot = snapshots.write(store);
        Path first = root.resolve("first");
        SnapshotFolder.restore(snapshot, first);
        try (RocksRegistryStore restored = StoreFiles.open(first)) {
            for (int index = 2; index < 200; index++) {
                register(restored, index);
            }
            restored.flush();
        }

        SnapshotFolder.restore(snapshot, root.resolve("second"));

        try (RocksRegistryStore again = StoreFiles.open(root.resolve("second"))) {
            assertThat(again.digest()).isEqualTo(snapshot.manifest().digest()).isEqualTo(again.recomputeDigest());
        }
    }

    @Test
    void snapshotOfAnotherMemberIsRestoredWithoutTheFilesThatRatisPutsBesideIt() throws Exception {
        Snapshot snapshot = snapshots.write(store);
        Path installed =
                Files.createDirectories(root.resolve("other").resolve("sm")).resolve("1_1");
        StoreFiles.copy(snapshot.folder(), installed);
        for (Path file : snapshot.files()) {
            Files.writeString(installed.resolve(file.getFileName() + ".md5"), "0".repeat(32));
        }

        Snapshot newest = new SnapshotFolder(installed.getParent()).newest().orElseThrow();
        SnapshotFolder.restore(newest, root.resolve("other").resolve("db"));

        Path restored = root.resolve("other").resolve("db");
        assertThat(restored).isDirectoryNotContaining("glob:**.md5").isDirectoryNotContaining("glob:**.json");
        try (RocksRegistryStore copy = StoreFiles.open(restored)) {
            assertThat(copy.digest()).isEqualTo(store.digest()).isEqualTo(copy.recomputeDigest());
        }
    }

    @Test
    void samePositionIsWrittenOnce() throws Exception {
        Snapshot first = snapshots.write(store);

        Snapshot second = snapshots.write(store);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void newestIsTheOneOfTheHighestIndexAndOldOnesGo() throws Exception {
        for (int index = 1; index <= 12; index++) {
            register(store, index);
            snapshots.write(store);
        }

        snapshots.deleteOld(2);

        assertThat(snapshots.list())
                .extracting(snapshot -> snapshot.manifest().index())
                .containsExactly(12L, 11L);
        assertThat(names(root.resolve("sm"))).containsExactly("1_11", "1_12");
    }

    @Test
    void whatACrashLeftIsNoSnapshotAndIsDeleted() throws Exception {
        Snapshot whole = snapshots.write(store);
        Path unfinished = StoreFiles.copy(whole.folder(), root.resolve("sm").resolve(".tmp_1_9"));
        Path withoutManifest =
                StoreFiles.copy(whole.folder(), root.resolve("sm").resolve("1_8"));
        Files.delete(withoutManifest.resolve("manifest.json"));

        assertThat(snapshots.list()).containsExactly(whole);

        snapshots.deleteUnfinished();
        assertThat(unfinished).doesNotExist();
        assertThat(whole.folder()).exists();
    }

    @Test
    void folderWithoutManifestIsReplacedByTheSnapshotOfItsName() throws Exception {
        Files.createDirectories(root.resolve("sm").resolve("1_1").resolve("rest"));

        Snapshot snapshot = snapshots.write(store);

        assertThat(snapshots.newest()).contains(snapshot);
        assertThat(snapshot.folder().resolve("rest")).doesNotExist();
    }

    @Test
    void snapshotWithAFileCutOffOrMissingIsRefused() throws Exception {
        Snapshot snapshot = snapshots.write(store);
        Path table = snapshot.files().stream()
                .filter(file -> file.toString().endsWith(".sst"))
                .findFirst()
                .orElseThrow();
        byte[] content = Files.readAllBytes(table);
        Files.delete(table);

        assertThatThrownBy(() -> snapshots.newest())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(table.getFileName() + ": it is missing");

        Files.write(table, Arrays.copyOf(content, content.length - 1));
        assertThatThrownBy(() -> snapshots.newest())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bytes instead of " + content.length);
    }

    @Test
    void snapshotWithAChangedFileIsNotRestored() throws Exception {
        Snapshot snapshot = snapshots.write(store);
        Files.writeString(snapshot.folder().resolve("CURRENT"), "MANIFEST-999999\n");

        assertThatThrownBy(() -> SnapshotFolder.restore(snapshot, root.resolve("other")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CURRENT");
        assertThat(root.resolve("other")).doesNotExist();
    }

    @Test
    void storeThatIsNotTheOneOfTheSnapshotIsRefused() throws Exception {
        Snapshot snapshot = snapshots.write(store);
        snapshot.verifyRestored(store);
        RocksRegistryStore other = StoreFiles.open(root.resolve("other"));
        try (Transaction transaction = other.begin()) {
            transaction.commit(position(1));
        }

        assertThatThrownBy(() -> snapshot.verifyRestored(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("state hash");
        other.close();

        register(store, 2);
        assertThatThrownBy(() -> snapshot.verifyRestored(store))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("logIndex=2");
    }

    @Test
    void unknownManifestIsRefused() throws Exception {
        Path manifest = snapshots.write(store).folder().resolve("manifest.json");
        String json = Files.readString(manifest);
        for (String spoilt : List.of(
                json.replace("\"format\" : 1", "\"format\" : 2"),
                json.replace("\"format\" : 1", "\"format\" : 1, \"more\" : true"),
                json.replace("\"name\" : \"CURRENT\"", "\"name\" : \"../CURRENT\""),
                json.substring(0, json.length() / 2))) {
            assertThat(spoilt).isNotEqualTo(json);
            Files.writeString(manifest, spoilt);

            assertThatThrownBy(() -> snapshots.newest()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void restoreThatWasCutShortIsDoneAgain() throws Exception {
        Snapshot snapshot = snapshots.write(store);
        store.close();
        Files.move(live, root.resolve("db.replaced"));
        Files.createDirectories(root.resolve("db.restoring").resolve("half"));

        SnapshotFolder.restore(snapshot, live);

        assertThat(names(root)).containsExactly("db", "sm");
        store = StoreFiles.open(live);
        assertThat(store.digest()).isEqualTo(snapshot.manifest().digest());
    }

    private static void register(RegistryStore store, long index) {
        InstanceKey key = InstanceKey.of("default", "orders", "i" + index);
        Registration registration =
                Registration.builder(key).address("10.0.0.1", 80).build();
        try (Transaction transaction = store.begin()) {
            transaction.put(new PutInstance(new InstanceRecord(
                    registration,
                    index,
                    index,
                    index,
                    index,
                    InstanceStatus.PASSING,
                    "",
                    index,
                    index,
                    null,
                    Vitals.FRESH,
                    null)));
            transaction.commit(position(index));
        }
    }

    private static AppliedPosition position(long index) {
        return new AppliedPosition(1, index, index, 1_700_000_000_000L + index);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
