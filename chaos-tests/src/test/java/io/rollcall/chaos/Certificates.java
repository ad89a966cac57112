package io.rollcall.chaos;

import io.rollcall.chaos.cluster.NodeAddress;
import io.rollcall.chaos.cluster.NodeLaunch;
import io.rollcall.chaos.cluster.Surroundings;
import io.rollcall.cli.tls.CertificateAuthority;
import io.rollcall.cli.tls.CertificateSubject;
import io.rollcall.cli.tls.Issued;
import io.rollcall.client.tls.TlsContext;
import io.rollcall.client.tls.TlsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Certificates of nodes and of the driver, short-lived, and replaced one by one for as long as this is open. */
final class Certificates implements Surroundings {

    private static final Duration AUTHORITY_LIFE = Duration.ofDays(1);
    private static final String DRIVER = "driver";

    private final Path folder;
    private final Duration life;
    private final CertificateAuthority authority = CertificateAuthority.create(AUTHORITY_LIFE);
    private final List<CertificateSubject> subjects = new ArrayList<>();
    private final AtomicInteger replaced = new AtomicInteger();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "certificates"));

    Certificates(Path folder, Duration life) {
        this.folder = folder.toAbsolutePath();
        this.life = life;
        add(CertificateSubject.client(DRIVER));
    }

    private void add(CertificateSubject subject) {
        try {
            Files.createDirectories(folder);
            replace(file("ca"), authority.own().certificatePem());
            issue(subject);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        subjects.add(subject);
    }

    private Path file(String name) {
        return folder.resolve(name + ".pem");
    }

    private Path key(String name) {
        return file(name + "-key");
    }

    /** What the driver's clients go by. */
    TlsOptions driver() {
        return TlsOptions.system()
                .withAuthorities(file("ca"))
                .withCertificate(file(DRIVER), key(DRIVER))
                .withCheckInterval(Duration.ofMillis(200));
    }

    /** Makes those of the nodes, and begins to replace all: the first must not end before a node has started. */
    @Override
    public void setUp(List<NodeAddress> addresses) {
        for (NodeAddress address : addresses) {
            add(CertificateSubject.node(address.id(), List.of(address.host())));
        }
        // One after the other, each when a third of its life is over.
        long pauseMillis = life.toMillis() / 3 / subjects.size();
        var unused = timer.scheduleAtFixedRate(this::replaceNext, 0, pauseMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public NodeLaunch surround(NodeLaunch launch) {
        String id = launch.address().id();
        return launch.withEnvironment("ROLLCALL_TLS_CERTIFICATE", file(id).toString())
                .withEnvironment("ROLLCALL_TLS_KEY", key(id).toString())
                .withEnvironment("ROLLCALL_TLS_CLIENT_CA", file("ca").toString())
                .withEnvironment("ROLLCALL_TLS_CLIENT_AUTH", "need")
                .withEnvironment("ROLLCALL_TLS_RAFT_CA", file("ca").toString())
                .withTls(TlsContext.open(driver()).context());
    }

    private void replaceNext() {
        try {
            issue(subjects.get(replaced.get() % subjects.size()));
            replaced.incrementAndGet();
        } catch (IOException e) {
            // Ends the rotation, which the scenario then finds to have stopped.
            throw new UncheckedIOException("certificates cannot be replaced", e);
        }
    }

    /** How many were replaced so far. */
    int replaced() {
        return replaced.get();
    }

    private void issue(CertificateSubject subject) throws IOException {
        Issued issued = authority.issue(subject, life);
        try {
            // The key first: for a moment the two do not belong together.
            replace(key(subject.name()), issued.keyPem());
            replace(file(subject.name()), issued.certificatePem());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
