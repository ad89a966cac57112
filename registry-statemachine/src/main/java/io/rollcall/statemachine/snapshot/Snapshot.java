package io.rollcall.statemachine.snapshot;

import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.store.RocksRegistryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole snapshot on disk. Nobody writes to it any more.
 *
 * @param folder where it lies, named {@code <term>_<index>}
 * @param manifest what it holds
 */
public record Snapshot(Path folder, SnapshotManifest manifest) {

    private static final String REMEDY = "remove this member's data folder and let it take the state from the others";

    /**
     * Returns all files that another member needs, the manifest being the last.
     *
     * @return existing files
     */
    public List<Path> files() {
        List<Path> files = new ArrayList<>(manifest.files().stream()
                .map(entry -> folder.resolve(entry.name()))
                .toList());
        files.add(folder.resolve(SnapshotManifest.FILE_NAME));
        return files;
    }

    /**
     * Holds the files against the manifest: all lengths, and the checksums it has.
     *
     * @throws IOException naming the first file that differs
     */
    public void verify() throws IOException {
        for (SnapshotManifest.Entry entry : manifest.files()) {
            verifySize(entry);
            Long expected = entry.crc32c();
            if (expected != null && expected != Checksums.crc32c(folder.resolve(entry.name()))) {
                throw damaged(entry, "its checksum differs");
            }
        }
    }

    /**
     * Holds a store that was restored from this snapshot against the manifest, entry by entry: seconds for a million
     * instances. It finds what the lengths of the files cannot tell.
     *
     * @param store opened, nothing committed since
     * @throws IOException if its position or its state hash is another
     */
    public void verifyRestored(RocksRegistryStore store) throws IOException {
        AppliedPosition expected = new AppliedPosition(
                manifest.term(), manifest.index(), manifest.registryIndex(), manifest.clockMillis());
        AppliedPosition found = store.reader().applied();
        if (!found.equals(expected)) {
            throw new IOException("the store restored from " + folder + " is at " + found + " instead of " + expected
                    + "; " + REMEDY);
        }
        String digest = store.recomputeDigest();
        if (!digest.equals(manifest.digest())) {
            throw new IOException("the store restored from " + folder + " has the state hash " + digest + " instead of "
                    + manifest.digest() + "; " + REMEDY);
        }
    }

    void verifySizes() throws IOException {
        for (SnapshotManifest.Entry entry : manifest.files()) {
            verifySize(entry);
        }
    }

    private void verifySize(SnapshotManifest.Entry entry) throws IOException {
        Path file = folder.resolve(entry.name());
        if (!Files.isRegularFile(file)) {
            throw damaged(entry, "it is missing");
        }
        long size = Files.size(file);
        if (size != entry.sizeBytes()) {
            throw damaged(entry, "it has " + size + " bytes instead of " + entry.sizeBytes());
        }
    }

    // Not passed over in favour of an older one: the log may be purged up to this one, and what lies between is lost
    // here.
    private IOException damaged(SnapshotManifest.Entry entry, String why) {
        return new IOException("snapshot " + folder + " is damaged in " + entry.name() + ": " + why + "; " + REMEDY);
    }
}
