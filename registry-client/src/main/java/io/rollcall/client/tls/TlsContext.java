package io.rollcall.client.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TLS context that follows its files: whoever opens a connection by it goes by what the files hold then. Files that cannot
 * be used are told once by a warning, and what was read before stays. Thread-safe.
 */
public final class TlsContext {

    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);

    private static final int LOAD_ATTEMPTS = 3;
    private static final long LOAD_PAUSE_NANOS = 20_000_000;

    private final TlsOptions options;
    private final LongSupplier nanoTime;
    private final SSLContext following;
    private final ReentrantLock checking = new ReentrantLock();
    private volatile SSLContext loaded;
    private volatile long checkedAt;
    // Guarded by the lock.
    private FileStamps seen;

    private TlsContext(TlsOptions options, LongSupplier nanoTime) throws IOException, GeneralSecurityException {
        this.options = options;
        this.nanoTime = nanoTime;
        // Before the files themselves: what is changed in between is found changed by the next look.
        seen = FileStamps.of(options);
        checkedAt = nanoTime.getAsLong();
        loaded = TlsFiles.load(options);
        following = new FollowingSslContext(this::present, loaded.getProvider(), loaded.getProtocol());
    }

    /**
     * Reads the files.
     *
     * @param options which, and how often to look at them
     * @return following them
     * @throws IllegalArgumentException saying which file cannot be used and why
     */
    public static TlsContext open(TlsOptions options) {
        return open(options, System::nanoTime);
    }

    static TlsContext open(TlsOptions options, LongSupplier nanoTime) {
        try {
            return new TlsContext(options, nanoTime);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("TLS cannot be set up: " + e, e);
        }
    }

    /**
     * Returns the context to open connections by, of a client or of a server.
     *
     * @return always the same; it follows the files
     */
    public SSLContext context() {
        return following;
    }

    private SSLContext present() {
        boolean isDue =
                nanoTime.getAsLong() - checkedAt >= options.checkInterval().toNanos();
        // Others who open a connection meanwhile go by what was read before.
        if (isDue && checking.tryLock()) {
            try {
                check();
                checkedAt = nanoTime.getAsLong();
            } finally {
                checking.unlock();
            }
        }
        return loaded;
    }

    /**
     * Reads the files, and again after a moment if they cannot be used: of two that belong together one may have been replaced
     * already, and what was read before may be of no use any more.
     */
    private SSLContext loadSettled() throws IOException, GeneralSecurityException {
        for (int attempt = 1; ; attempt++) {
            seen = FileStamps.of(options);
            try {
                return TlsFiles.load(options);
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                if (attempt == LOAD_ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(LOAD_PAUSE_NANOS);
            }
        }
    }

    private void check() {
        FileStamps stamps = FileStamps.of(options);
        if (stamps.equals(seen)) {
            return;
        }
        try {
            // A new context: its sessions are new too, so that none goes on that the old files allowed.
            loaded = loadSettled();
            LOG.atInfo().addKeyValue("files", options).log("TLS files were read again");
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("files", options)
                    .setCause(e)
                    .log(
                            "TLS files were changed and cannot be used; what was read before stays until they change again");
        }
    }
}
