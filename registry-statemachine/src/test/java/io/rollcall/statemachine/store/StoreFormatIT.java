package io.rollcall.statemachine.store;

import static io.rollcall.statemachine.store.Records.instance;
import static io.rollcall.statemachine.store.Records.key;
import static io.rollcall.statemachine.store.RegistryStoreContract.commit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.statemachine.state.Mutation.PutInstance;
import io.rollcall.statemachine.store.RocksDatabase.Batch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/** Stores of other versions. */
final class StoreFormatIT {

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() {
        try (RocksRegistryStore store = StoreFiles.open(folder)) {
            commit(store, 1, new PutInstance(instance(key("orders", "a"), 1)));
        }
    }

    @Test
    void missingStepsAreTakenInOrderAndOnce() {
        List<String> taken = new ArrayList<>();
        List<Consumer<RocksDatabase>> steps = List.of(database -> taken.add("1 to 2"), database -> taken.add("2 to 3"));

        withDatabase(database -> StoreFormat.upgrade(database, steps.subList(0, 1)));
        withDatabase(database -> StoreFormat.upgrade(database, steps));
        withDatabase(database -> StoreFormat.upgrade(database, steps));

        assertThat(taken).containsExactly("1 to 2", "2 to 3");
    }

    @Test
    void newerFormatIsRefused() {
        withDatabase(database -> StoreFormat.upgrade(database, List.of(step -> {})));

        assertThatThrownBy(() -> StoreFiles.open(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("format 2");
    }

    @Test
    void unknownTableIsRefused() throws Exception {
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB rocks = RocksDB.open(options, folder.resolve("other").toString());
                ColumnFamilyHandle handle = rocks.createColumnFamily(new ColumnFamilyDescriptor(Keys.text("future")))) {
            assertThat(handle.getName()).isEqualTo(Keys.text("future"));
        }

        assertThatThrownBy(() -> StoreFiles.open(folder.resolve("other")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("'future'");
    }

    @Test
    void recordThatCannotBeReadIsNamed() {
        withDatabase(database -> {
            try (Batch batch = database.batch()) {
                batch.put(ColumnFamily.INSTANCES, Keys.instance(key("orders", "b")), new byte[] {99});
                batch.write();
            }
        });

        try (RocksRegistryStore store = StoreFiles.open(folder)) {
            assertThatThrownBy(() -> store.reader().instance(key("orders", "b")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("default/orders/b");
            assertThatThrownBy(() -> store.forEachInstance(found -> {})).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void folderThatCannotBeOpenedIsNamed() {
        try (RocksRegistryStore store = StoreFiles.open(folder)) {
            assertThat(store.reader().applied().logIndex()).isEqualTo(1);
            assertThatThrownBy(() -> StoreFiles.open(folder))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(folder.toString());
        }
    }

    private void withDatabase(Consumer<RocksDatabase> action) {
        try (RocksDatabase database = RocksDatabase.open(folder, error -> {
            throw error;
        })) {
            action.accept(database);
        }
    }
}
