package io.rollcall.server.raft;

import io.rollcall.server.config.Peer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a member keeps on disk: {@code raft/} is Ratis' (log, snapshots, votes), {@code db-live/} the database, {@code
 * member} says whose folder it is, and {@code voter} is there once it may take part in elections. It must not serve two
 * members, ever: votes and acknowledgements are in it.
 */
final class DataFolder {

    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

    private static final Pattern UUID_NAME = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Path folder;

    private DataFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens a folder for a member, and makes it the member's own if it is new.
     *
     * @throws IOException if it is another member's, or cannot be written
     */
    static DataFolder open(Path folder, String id) throws IOException {
        DataFolder data = new DataFolder(folder);
        Files.createDirectories(data.raft());
        Path owner = folder.resolve("member");
        // An empty one is what a power loss leaves of a file that was not synced; it names nobody.
        if (!Files.exists(owner) || Files.size(owner) == 0) {
            data.put("member", id);
        }
        String present = Files.readString(owner, StandardCharsets.UTF_8).strip();
        if (!present.equals(id)) {
            throw new IOException("the data folder " + folder + " belongs to member '" + present + "', not to '" + id
                    + "'; start it with --id " + present + ", or give another --data");
        }
        return data;
    }

    /** Whether {@link #makeVoter} was called on this folder, in any process. */
    boolean isVoter() {
        return Files.exists(voter());
    }

    /** Durable when it returns. */
    void makeVoter() throws IOException {
        put("voter", "");
    }

    /** Writes a small file: after a crash and after a power loss it is there as a whole, or not at all. */
    private void put(String name, String content) throws IOException {
        Path fresh = folder.resolve(name + ".fresh");
        Files.writeString(fresh, content, StandardCharsets.UTF_8);
        force(fresh, StandardOpenOption.WRITE);
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        force(folder, StandardOpenOption.READ);
    }

    private static void force(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    private Path voter() {
        return folder.resolve("voter");
    }

    Path raft() {
        return folder.resolve("raft");
    }

    Path liveDatabase() {
        return folder.resolve("db-live");
    }

    /**
     * The Raft group: the one that is stored, else the one that follows from its founding members.
     *
     * @param founders all founding members
     * @throws IOException if more than one is stored
     */
    UUID group(List<Peer> founders) throws IOException {
        UUID founded = founded(founders);
        Optional<UUID> stored = storedGroup();
        if (stored.isPresent() && !stored.get().equals(founded)) {
            LOG.atWarn()
                    .addKeyValue("folder", folder)
                    .log("--peers is not what the cluster was founded with; what is stored holds");
        }
        return stored.orElse(founded);
    }

    private Optional<UUID> storedGroup() throws IOException {
        try (Stream<Path> entries = Files.list(raft())) {
            List<String> names = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> UUID_NAME.matcher(name).matches())
                    .toList();
            if (names.size() > 1) {
                throw new IOException(raft() + " holds more than one Raft group: " + names
                        + "; a member has one, so move away those that are not its own");
            }
            return names.stream().findFirst().map(UUID::fromString);
        }
    }

    /** The folder itself. */
    @Override
    public String toString() {
        return folder.toString();
    }

    private static UUID founded(List<Peer> founders) {
        String text = founders.stream()
                .sorted(Comparator.comparing(Peer::id))
                .map(peer -> peer.id() + "=" + peer.raft())
                .collect(Collectors.joining(","));
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
