package io.rollcall.statemachine.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class RocksRegistryStoreContractIT extends RegistryStoreContract {

    @TempDir
    private Path folder;

    private int created;

    @Override
    RegistryStore create() {
        created++;
        return StoreFiles.open(folder.resolve("db" + created));
    }
}
