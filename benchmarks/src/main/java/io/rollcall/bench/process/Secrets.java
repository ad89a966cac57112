package io.rollcall.bench.process;

import io.rollcall.cli.tls.CertificateAuthority;
import io.rollcall.cli.tls.CertificateSubject;
import io.rollcall.cli.tls.TlsFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What protects a cluster, made for one run: certificates of its members. */
final class Secrets {

    private static final Duration LIFE = Duration.ofDays(1);

    private final TlsFolder folder;
    private final SSLContext context;

    private Secrets(TlsFolder folder, SSLContext context) {
        this.folder = folder;
        this.context = context;
    }

    /** Makes them for members on the loopback. */
    static Secrets create(Path folder, List<String> members) {
        try {
            var files = new TlsFolder(folder);
            var authority = CertificateAuthority.create(LIFE);
            files.write(TlsFolder.AUTHORITY, authority.own());
            for (var member : members) {
                files.write(member, authority.issue(CertificateSubject.node(member, List.of()), LIFE));
            }
            return new Secrets(files, trusting(authority));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no certificates can be made in " + folder, e);
        }
    }

    private static SSLContext trusting(CertificateAuthority authority) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", authority.own().certificate());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Whom those trust who connect. */
    SSLContext context() {
        return context;
    }

    /** What a member is started with. */
    List<String> options(String member) {
        return List.of(
                "--tls-certificate",
                folder.certificate(member).toString(),
                "--tls-key",
                folder.key(member).toString(),
                "--tls-raft-ca",
                folder.certificate(TlsFolder.AUTHORITY).toString());
    }
}
