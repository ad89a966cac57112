package io.rollcall.statemachine.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on RocksDB. */
final class RocksRegistryStoreTest extends RegistryStoreContract {

    @TempDir
    private Path folder;

    private int created;

    @Override
    RegistryStore create() {
        created++;
        return RocksRegistryStore.open(folder.resolve("db" + created), error -> {
            throw error;
        });
    }
}
