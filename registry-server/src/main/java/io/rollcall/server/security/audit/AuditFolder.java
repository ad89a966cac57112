package io.rollcall.server.security.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.audit.AuditFiles;
import io.rollcall.api.audit.AuditFormatException;
import io.rollcall.api.audit.AuditLine;
import io.rollcall.api.http.Json;
import io.rollcall.server.app.access.AuditEvent;
import io.rollcall.server.config.AuditSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the log. The newest is added to, and is followed by another one once it is large, or once its end was broken off:
 * what is written is never written again. For one thread.
 */
final class AuditFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditFolder.class);

    /** Opens files; a test has one whose disk is full. */
    interface Opener {

        /** The file system's. */
        Opener OF_FILES = FileChannel::open;

        FileChannel open(Path file, OpenOption... how) throws IOException;
    }

    private static final int FORMAT = 1;
    private static final String KIND = "kind";

    private final Path folder;
    private final String node;
    private final AuditSettings settings;
    private final Opener opener;

    private int number;
    private @Nullable FileChannel channel;
    private long sequence;
    // Lines of a write that failed, which came to the disk all the same and could not be taken back.
    private long recovered;
    // Read by others for the node's log alone.
    private volatile String previous = AuditLine.GENESIS;
    private volatile long lastSequence;

    private AuditFolder(Path folder, String node, AuditSettings settings, Opener opener) {
        this.folder = folder;
        this.node = node;
        this.settings = settings;
        this.opener = opener;
    }

    static AuditFolder open(Path folder, String node, AuditSettings settings, Opener opener) throws IOException {
        Files.createDirectories(folder);
        AuditFolder opened = new AuditFolder(folder, node, settings, opener);
        opened.goOn();
        return opened;
    }

    /** After a start, and after a failure that nothing could be done about: the files say how far the log came. */
    private void goOn() throws IOException {
        List<Path> files = AuditFiles.in(folder);
        if (files.isEmpty()) {
            begin(number + 1, 0);
            return;
        }
        Path newest = files.get(files.size() - 1);
        byte[] bytes = Files.readAllBytes(newest);
        int end = lastLineEnd(bytes);
        number = AuditFiles.number(newest);
        if (end == 0) {
            // The node ended when it had just made it: there is nothing in it, not even whose it is.
            Files.delete(newest);
            number--;
            goOn();
            return;
        }
        AuditLine last = lastLine(bytes, end);
        if (last == null) {
            LOG.atError()
                    .addKeyValue("file", newest)
                    .log("the last line of the audit log was changed; it goes on in a new file, and does not verify");
            begin(number + 1, bytes.length - end);
            return;
        }
        recovered += sequence == 0 ? 0 : last.sequence() - sequence;
        noted(last);
        int torn = bytes.length - end;
        if (torn > 0 || bytes.length >= settings.maxFileBytes()) {
            begin(number + 1, torn);
        } else {
            channel = opener.open(newest, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        }
    }

    private static int lastLineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static @Nullable AuditLine lastLine(byte[] bytes, int end) {
        int start = Math.max(0, end - 1);
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        try {
            byte[] line = new byte[Math.max(0, end - 1 - start)];
            System.arraycopy(bytes, start, line, 0, line.length);
            return AuditLine.parse(line);
        } catch (AuditFormatException e) {
            return null;
        }
    }

    private void begin(int next, int torn) throws IOException {
        ObjectNode header = Json.mapper().createObjectNode();
        header.put(KIND, "file");
        header.put("format", FORMAT);
        header.put("node", node);
        header.put("file", next);
        header.put("time", Instant.now().toString());
        if (torn > 0) {
            header.put("torn", torn);
        }
        close();
        Path file = folder.resolve(AuditFiles.name(next));
        channel = opener.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        try {
            write(List.of(header));
        } catch (IOException e) {
            close();
            Files.deleteIfExists(file);
            throw e;
        }
        number = next;
        forgetOldest();
    }

    private void forgetOldest() throws IOException {
        List<Path> files = AuditFiles.in(folder);
        for (Path file : files.subList(0, Math.max(0, files.size() - settings.maxFiles()))) {
            Files.delete(file);
        }
    }

    void append(List<AuditEvent> events) throws IOException {
        write(events.stream().map(AuditFolder::json).toList());
    }

    void appendFolded(List<FoldedDenials> denials) throws IOException {
        write(denials.stream().map(AuditFolder::json).toList());
    }

    /**
     * Says how much is missing.
     *
     * @param lost how much was not told to be written; what of it is there all the same is not missing
     */
    void gap(long lost) throws IOException {
        ready();
        long missing = lost - recovered;
        if (missing > 0) {
            ObjectNode gap = Json.mapper().createObjectNode();
            gap.put(KIND, "gap");
            gap.put("time", Instant.now().toString());
            gap.put("lost", missing);
            write(List.of(gap));
        }
        recovered = 0;
    }

    private static ObjectNode json(AuditEvent event) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put(KIND, "event");
        json.put("time", event.time().toString());
        putCaller(json, event);
        json.put("operation", event.operation());
        ObjectNode target = json.putObject("target");
        event.target().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> target.put(entry.getKey(), entry.getValue()));
        if (event.dryRun()) {
            json.put("dryRun", true);
        }
        json.put("result", event.result());
        json.put("status", event.status());
        if (event.code() != null) {
            json.put("code", event.code());
        }
        if (event.index() > 0) {
            json.put("index", event.index());
        }
        json.put("source", event.source());
        json.put("traceId", event.traceId());
        return json;
    }

    private static ObjectNode json(FoldedDenials denials) {
        AuditEvent like = denials.like();
        ObjectNode json = Json.mapper().createObjectNode();
        json.put(KIND, "denials");
        json.put("time", denials.to().toString());
        json.put("since", denials.from().toString());
        json.put("count", denials.count());
        json.put("result", like.result());
        if (denials.spread() != FoldedDenials.Spread.OF_MANY_CALLERS) {
            putCaller(json, like);
            json.put("source", like.source());
        }
        String operation = denials.operation();
        if (operation != null) {
            json.put("operation", operation);
            json.put("status", like.status());
            if (like.code() != null) {
                json.put("code", like.code());
            }
        }
        return json;
    }

    private static void putCaller(ObjectNode json, AuditEvent event) {
        json.put("who", event.identity() == null ? "anonymous" : event.identity());
        if (event.tokenId() != null) {
            json.put("token", event.tokenId());
        }
    }

    /** Writes lines as one; if it fails, whatever came to the disk of them is cut off again, or becomes the torn end of a file. */
    private void write(List<ObjectNode> lines) throws IOException {
        FileChannel open = ready();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AuditLine last = null;
        for (ObjectNode line : lines) {
            last = AuditLine.seal(
                    last == null ? sequence + 1 : last.sequence() + 1, last == null ? previous : last.hash(), line);
            bytes.writeBytes(last.text().getBytes(StandardCharsets.UTF_8));
            bytes.write('\n');
        }
        long before = open.size();
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
            while (buffer.hasRemaining()) {
                open.write(buffer);
            }
        } catch (IOException e) {
            undo(open, before, e);
            throw e;
        }
        if (last != null) {
            noted(last);
        }
    }

    /** The file that takes the next lines. */
    private FileChannel ready() throws IOException {
        if (channel == null) {
            goOn();
        } else if (channel.size() >= settings.maxFileBytes()) {
            begin(number + 1, 0);
        }
        FileChannel open = channel;
        if (open == null) {
            throw new IOException("the audit log has no file");
        }
        return open;
    }

    /** These lines were never told to be written, and the next ones follow those before. */
    private void undo(FileChannel open, long before, IOException cause) {
        try {
            open.truncate(before);
        } catch (IOException e) {
            cause.addSuppressed(e);
            close();
        }
    }

    private void noted(AuditLine line) {
        sequence = line.sequence();
        lastSequence = line.sequence();
        previous = line.hash();
    }

    void sync() throws IOException {
        FileChannel open = channel;
        if (open != null) {
            open.force(false);
        }
    }

    /** The last line and its hash, as the command that verifies takes it. */
    String head() {
        return lastSequence + ":" + previous;
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try (open) {
                open.force(false);
            } catch (IOException e) {
                LOG.atWarn().setCause(e).log("the audit log's file was not closed cleanly");
            }
        }
    }
}
