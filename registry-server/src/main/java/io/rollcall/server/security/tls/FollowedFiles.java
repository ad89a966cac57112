package io.rollcall.server.security.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a few small files hold together, read again when they hold something else. Files that cannot be used, such as half a
 * pair while both are being replaced, leave what was read before, and are tried again at each look.
 *
 * @param <T> what is made of them
 */
final class FollowedFiles<T> {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedFiles.class);
    private static final int MAX_BYTES = 1 << 20;

    /** Makes something of the bytes of all files, in their order. */
    interface Loader<T> {

        T load(List<byte[]> contents) throws IOException, GeneralSecurityException;
    }

    private final List<Path> files;
    private final Loader<T> loader;
    private volatile T present;
    // By one thread at a time.
    private byte[][] taken;
    private byte @Nullable [] @Nullable [] refused;

    /**
     * Reads them.
     *
     * @throws IOException if one cannot be read
     * @throws GeneralSecurityException if they cannot be used
     */
    FollowedFiles(List<Path> files, Loader<T> loader) throws IOException, GeneralSecurityException {
        this.files = List.copyOf(files);
        this.loader = loader;
        this.taken = read();
        this.present = loader.load(List.of(taken));
    }

    T present() {
        return present;
    }

    /**
     * Reads them again. The bytes are compared, since a file's time does not tell two changes within a tick of the clock
     * apart, and the files are small.
     *
     * @return whether something else is present since
     */
    boolean look() {
        byte[][] found = null;
        try {
            found = read();
            if (Arrays.deepEquals(found, taken)) {
                refused = null;
                return false;
            }
            present = loader.load(List.of(found));
            taken = found;
            refused = null;
            LOG.atInfo().addKeyValue("files", files).log("certificates were replaced");
            return true;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            warn(found, e);
            return false;
        }
    }

    /** Once for what was found: it may stay so for long. */
    private void warn(byte @Nullable [] @Nullable [] found, Exception reason) {
        byte[][] what = found == null ? new byte[0][] : found;
        if (!Arrays.deepEquals(what, refused)) {
            refused = what;
            LOG.atWarn()
                    .addKeyValue("files", files)
                    .addKeyValue("reason", reason.getMessage())
                    .log("certificates were replaced by what cannot be used; those from before stay in use");
        }
    }

    private byte[][] read() throws IOException {
        byte[][] contents = new byte[files.size()][];
        for (int i = 0; i < contents.length; i++) {
            Path file = files.get(i);
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException(file + " is over " + MAX_BYTES + " bytes");
            }
            contents[i] = Files.readAllBytes(file);
        }
        return contents;
    }
}
