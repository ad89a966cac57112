package io.rollcall.cli;

import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Configuration outside the registry. */
interface ConfigArchive {

    /**
     * One key with its value.
     *
     * @param path of the key
     * @param contentType what the value is
     * @param secret whether it is kept from plain reads
     * @param value it
     */
    record Item(String path, ContentType contentType, boolean secret, ConfigValue value) {}

    /**
     * Writes all, in the place of what was there.
     *
     * @throws IOException if it cannot
     */
    void write(List<Item> items) throws IOException;

    /**
     * Reads all.
     *
     * @throws IOException if it cannot
     */
    List<Item> read() throws IOException;

    /** A folder if the name ends as one, or is one; else a file, {@code -} being the terminal. */
    static ConfigArchive at(String name, Terminal terminal) {
        if (name.equals("-")) {
            return new ConfigFile(terminal.in(), terminal.out());
        }
        Path path = Path.of(name);
        return name.endsWith("/") || Files.isDirectory(path) ? new ConfigFolder(path) : new ConfigFile(path);
    }
}
