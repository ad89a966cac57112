package io.rollcall.client.directory;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.api.wire.InstanceReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of services, on disk: a file for each service and selection, readable by its owner alone. The first line
 * says format, checksum and length of the rest, which is JSON. A file is replaced as a whole, so that processes that share
 * a folder do not damage each other's; the last one to write wins. Thread-safe; waits for the disk.
 */
final class CacheFolder {

    private static final Logger LOG = LoggerFactory.getLogger(CacheFolder.class);

    private static final String SUFFIX = ".v1";
    private static final String SET_ASIDE = ".bad";
    private static final long FILE_BYTES_MAX = 64L * 1024 * 1024;
    private static final int HEAD_BYTES_MAX = 64;
    private static final Pattern HEAD = Pattern.compile("rollcall-directory 1 ([0-9a-f]{8}) ([0-9]{1,9})");

    private final Path folder;
    private final String selection;
    private final String shape;
    private final boolean isPosix;

    /**
     * A folder that need not exist.
     *
     * @param selection what the instances are selected by: other selections have other files
     */
    CacheFolder(Path folder, String selection) {
        this.folder = folder;
        this.selection = selection;
        this.shape = checksum(selection.getBytes(StandardCharsets.UTF_8), 0);
        this.isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                && folder.getFileSystem().equals(FileSystems.getDefault());
    }

    private static String checksum(byte[] bytes, int from) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, bytes.length - from);
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    /** The file of a service; no name of one has a character that a path would not take. */
    Path file(ServiceKey service) {
        return folder.resolve(service.namespace().value())
                .resolve(service.name().value() + "@" + shape + SUFFIX);
    }

    /**
     * Reads what was kept of a service. A file that is none of ours, or damaged, is set aside.
     *
     * @return empty if there is nothing of use; never throws
     */
    Optional<CacheEntry> load(ServiceKey service) {
        Path file = file(service);
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            long size = Files.size(file);
            if (size > FILE_BYTES_MAX) {
                throw new IOException("it has " + size + " bytes, at most " + FILE_BYTES_MAX);
            }
            return Optional.of(parse(service, Files.readAllBytes(file)));
        } catch (IOException | RuntimeException e) {
            setAside(file, e);
            return Optional.empty();
        }
    }

    private CacheEntry parse(ServiceKey service, byte[] bytes) throws IOException {
        int end = 0;
        while (end < bytes.length && end < HEAD_BYTES_MAX && bytes[end] != '\n') {
            end++;
        }
        Matcher head = HEAD.matcher(new String(bytes, 0, end, StandardCharsets.US_ASCII));
        int start = end + 1;
        if (!head.matches() || start > bytes.length || Integer.parseInt(head.group(2)) != bytes.length - start) {
            throw new IOException("it has not the form, or not the length, of such a file");
        }
        if (!checksum(bytes, start).equals(head.group(1))) {
            throw new IOException("its checksum is wrong");
        }
        JsonNode json = Json.mapper().readTree(bytes, start, bytes.length - start);
        String of = json.path("namespace").asText() + "/" + json.path("service").asText();
        if (!of.equals(service.toString())
                || !json.path("selection").asText().equals(selection)
                || !json.path("index").isIntegralNumber()
                || !json.path("instances").isArray()) {
            throw new IOException("it is of '" + of + "', or of another selection, or not whole");
        }
        List<Instance> instances = new ArrayList<>(json.path("instances").size());
        for (JsonNode element : json.path("instances")) {
            Instance instance = InstanceReader.read(element);
            if (!instance.key().service().equals(service)) {
                throw new IOException("it holds " + instance.key());
            }
            instances.add(instance);
        }
        return new CacheEntry(
                service,
                json.path("index").longValue(),
                Instant.parse(json.path("knownAt").asText()),
                instances);
    }

    private static void setAside(Path file, Exception why) {
        Path aside = file.resolveSibling(file.getFileName() + SET_ASIDE);
        boolean isMoved = false;
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            isMoved = true;
        } catch (IOException e) {
            why.addSuppressed(e);
        }
        LOG.atWarn()
                .addKeyValue("file", file)
                .addKeyValue("setAside", isMoved ? aside : "no")
                .addKeyValue("detail", why)
                .log("a file with what was known of a service is of no use; it is ignored");
    }

    /**
     * Keeps what is known of a service.
     *
     * @throws IOException if the disk does not take it; what was there before is as it was
     */
    void save(CacheEntry cached) throws IOException {
        Path file = file(cached.service());
        Path parent = folder.resolve(cached.service().namespace().value());
        Files.createDirectories(parent, permissions("rwx------"));
        // Not of the file's name: processes that share the folder must not meet.
        Path temporary = parent.resolve("." + UUID.randomUUID() + ".tmp");
        try {
            write(temporary, bytes(cached));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void write(Path temporary, byte[] bytes) throws IOException {
        Files.createFile(temporary, permissions("rw-------"));
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            // Before the rename, or a loss of power could leave the new name with nothing in it.
            channel.force(true);
        }
    }

    private FileAttribute<?>[] permissions(String text) {
        return isPosix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : new FileAttribute<?>[0];
    }

    private byte[] bytes(CacheEntry cached) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.mapper().createGenerator(body)) {
            json.writeStartObject();
            json.writeStringField("namespace", cached.service().namespace().value());
            json.writeStringField("service", cached.service().name().value());
            json.writeStringField("selection", selection);
            json.writeNumberField("index", cached.index());
            json.writeStringField("knownAt", cached.knownAt().toString());
            json.writeArrayFieldStart("instances");
            for (Instance instance : cached.instances()) {
                InstanceJson.write(json, instance, null);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        byte[] rest = body.toByteArray();
        String head = "rollcall-directory 1 " + checksum(rest, 0) + " " + rest.length + "\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream(head.length() + rest.length);
        all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(rest);
        return all.toByteArray();
    }

    /** Forgets a service. */
    void delete(ServiceKey service) throws IOException {
        Files.deleteIfExists(file(service));
    }
}
