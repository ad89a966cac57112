package io.rollcall.server.security;

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
public final class FollowedFiles<T> {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedFiles.class);
    private static final int MAX_BYTES = 1 << 20;

    /**
     * Makes something of the bytes of all files, in their order.
     *
     * @param <T> what is made
     */
    public interface Loader<T> {

        /**
         * Makes it.
         *
         * @param contents of the files
         * @return what they hold
         * @throws IOException if they cannot be read
         * @throws GeneralSecurityException if they cannot be used
         */
        T load(List<byte[]> contents) throws IOException, GeneralSecurityException;
    }

    private final String what;
    private final List<Path> files;
    private final Loader<T> loader;
    private volatile T present;
    // By one thread at a time.
    private byte[][] taken;
    private byte @Nullable [] @Nullable [] refused;

    /**
     * Reads them.
     *
     * @param what they are, for the log, such as {@code certificates}
     * @param files which
     * @param loader makes something of them
     * @throws IOException if one cannot be read
     * @throws GeneralSecurityException if they cannot be used
     */
    public FollowedFiles(String what, List<Path> files, Loader<T> loader) throws IOException, GeneralSecurityException {
        this.what = what;
        this.files = List.copyOf(files);
        this.loader = loader;
        this.taken = read();
        this.present = loader.load(List.of(taken));
    }

    /**
     * Returns what they hold.
     *
     * @return as of the last good look
     */
    public T present() {
        return present;
    }

    /**
     * Reads them again. The bytes are compared, since a file's time does not tell two changes within a tick of the clock
     * apart, and the files are small.
     *
     * @return whether something else is present since
     */
    public boolean look() {
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
            LOG.atInfo().addKeyValue("files", files).log("{} were replaced", what);
            return true;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            warn(found, e);
            return false;
        }
    }

    /** Once for what was found: it may stay so for long. */
    private void warn(byte @Nullable [] @Nullable [] found, Exception reason) {
        byte[][] unusable = found == null ? new byte[0][] : found;
        if (!Arrays.deepEquals(unusable, refused)) {
            refused = unusable;
            LOG.atWarn()
                    .addKeyValue("files", files)
                    .addKeyValue("reason", reason.getMessage())
                    .log("{} were replaced by what cannot be used; those from before stay in use", what);
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
