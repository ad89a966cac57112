package io.rollcall.statemachine.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What tests do to the folders of stores. */
public final class StoreFiles {

    private StoreFiles() {}

    /** Opens a store whose errors in the background fail the call that meets them next. */
    public static RocksRegistryStore open(Path folder) {
        return RocksRegistryStore.open(folder, error -> {
            throw error;
        });
    }

    /** Copies a folder file by file: what a crash at this moment would leave of an open store. */
    public static Path copy(Path folder, Path target) {
        try (Stream<Path> files = Files.list(folder)) {
            Files.createDirectories(target);
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
