package io.rollcall.client.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * By what files are known to be others than before, without reading them.
 *
 * @param stamps one a file
 */
record FileStamps(List<Stamp> stamps) {

    /**
     * One file, behind symbolic links: a mounted secret is replaced by another link.
     *
     * @param path its name
     * @param time when it was last changed; null if it is not there
     * @param size in bytes
     * @param key of the file itself, where the system has one
     */
    record Stamp(
            Path path,
            @Nullable FileTime time,
            long size,
            @Nullable Object key) {}

    static FileStamps of(TlsOptions options) {
        return new FileStamps(Stream.of(options.authorities(), options.certificates(), options.key())
                .filter(Objects::nonNull)
                .map(FileStamps::stamp)
                .toList());
    }

    private static Stamp stamp(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(path, attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            // Not there for now, perhaps: reading it will say so.
            return new Stamp(path, null, 0, null);
        }
    }
}
