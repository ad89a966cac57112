package io.rollcall.server.security.tls;

import io.rollcall.server.app.CertificateExpiry;
import io.rollcall.server.app.MemberTls;
import io.rollcall.server.config.CertificateFiles;
import io.rollcall.server.config.TlsSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS of a node: its certificates, looked at once a second for as long as it runs. */
public final class NodeTls implements CertificateExpiry, AutoCloseable {

    /** How long a file that was replaced may go unnoticed. */
    public static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(NodeTls.class);

    private final @Nullable HttpTls http;
    private final @Nullable RaftTls raft;
    private final ExpiryWarnings warnings = new ExpiryWarnings();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tls-files");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Reads the files.
     *
     * @param settings which
     * @param self this member's id
     * @throws IOException naming the file that cannot be used, and why
     */
    public NodeTls(TlsSettings settings, String self) throws IOException {
        CertificateFiles ofHttp = settings.http();
        CertificateFiles ofRaft = settings.raft();
        try {
            http = ofHttp == null ? null : new HttpTls(ofHttp);
            raft = ofRaft == null ? null : new RaftTls(ofRaft, self);
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    /** Begins to follow the files. */
    public void start() {
        if (http != null || raft != null) {
            var unused = timer.scheduleWithFixedDelay(this::look, 0, LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        try {
            if (http != null) {
                http.look();
            }
            if (raft != null) {
                raft.look();
            }
            warn();
        } catch (RuntimeException e) {
            // The timer would not call again.
            LOG.atError().setCause(e).log("certificates could not be looked at");
        }
    }

    private void warn() {
        Instant now = Instant.now();
        materials().forEach((listener, material) -> {
            Shown shown = shown(listener, material);
            Instant since = material.chain().get(0).getNotBefore().toInstant();
            warnings.look(shown, Duration.between(since, shown.notAfter()), now);
        });
    }

    private Map<String, TlsMaterial> materials() {
        Map<String, TlsMaterial> materials = new LinkedHashMap<>();
        if (http != null) {
            materials.put("http", http.present());
        }
        if (raft != null) {
            materials.put("raft", raft.present());
        }
        return materials;
    }

    /**
     * Returns what clients are served by.
     *
     * @return gives the context for the next connection; null if they are served without TLS
     */
    public @Nullable Supplier<SSLContext> clients() {
        HttpTls present = http;
        return present == null ? null : present::context;
    }

    /**
     * Returns how members know each other.
     *
     * @return null if they speak without TLS
     */
    public @Nullable MemberTls members() {
        return raft;
    }

    @Override
    public List<Shown> certificates() {
        List<Shown> certificates = new ArrayList<>();
        materials().forEach((listener, material) -> certificates.add(shown(listener, material)));
        return certificates;
    }

    private static Shown shown(String listener, TlsMaterial material) {
        return new Shown(
                listener, material.chain().get(0).getSubjectX500Principal().getName(), material.notAfter());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
