package io.rollcall.statemachine.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot holds. Its file is the last one written, so a folder that has one is whole.
 *
 * @param format of the manifest and of the folder; {@link #FORMAT} is the only one known
 * @param term Raft term of the last log entry in it
 * @param index Raft index of the last log entry in it
 * @param registryIndex the registry's index then
 * @param clockMillis the replicated clock then, milliseconds since 1970
 * @param digest the state hash then
 * @param files all files beside the manifest, sorted by name
 */
public record SnapshotManifest(
        int format, long term, long index, long registryIndex, long clockMillis, String digest, List<Entry> files) {

    /** The newest format. */
    public static final int FORMAT = 1;

    /** Its own file in the snapshot's folder. */
    public static final String FILE_NAME = "manifest.json";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Copies the list. */
    public SnapshotManifest {
        files = List.copyOf(files);
    }

    /**
     * A file of the snapshot.
     *
     * @param name within the folder
     * @param sizeBytes its length
     * @param crc32c its checksum; null for table files, whose every block has one of its own that RocksDB checks when it
     *     reads it: to read gigabytes at each snapshot would find nothing more
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            String name, long sizeBytes, @Nullable Long crc32c) {}

    byte[] toJson() throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    static SnapshotManifest read(Path file) throws IOException {
        SnapshotManifest manifest;
        try {
            manifest = JSON.readValue(file.toFile(), SnapshotManifest.class);
        } catch (IOException | RuntimeException e) {
            throw new IOException("manifest " + file + " cannot be read", e);
        }
        if (manifest.format != FORMAT) {
            throw new IOException("snapshot " + file.getParent() + " has format " + manifest.format + ", known is "
                    + FORMAT + "; run a version that knows it");
        }
        return manifest;
    }
}
