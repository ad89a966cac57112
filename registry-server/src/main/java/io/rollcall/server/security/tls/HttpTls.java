package io.rollcall.server.security.tls;

import io.rollcall.server.config.CertificateFiles;
import io.rollcall.server.security.FollowedFiles;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** TLS towards clients, by files. */
final class HttpTls {

    /** How long a client may resume a session. */
    private static final int SESSION_SECONDS = (int) TimeUnit.MINUTES.toSeconds(5);

    /** Where certificates are asked for, they are looked at with each connection: zero would mean for ever. */
    private static final int SESSION_SECONDS_WITH_CERTIFICATE = 1;

    private record Present(TlsMaterial material, SSLContext context) {}

    private final FollowedFiles<Present> files;

    HttpTls(CertificateFiles files) throws IOException, GeneralSecurityException {
        this.files = new FollowedFiles<>("certificates", TlsMaterial.files(files), contents -> {
            TlsMaterial material = TlsMaterial.load(files, contents);
            SSLContext context = material.context(material.trust());
            // A context of its own for each state of the files: no session outlives the one that it was made by.
            context.getServerSessionContext()
                    .setSessionTimeout(material.trust() == null ? SESSION_SECONDS : SESSION_SECONDS_WITH_CERTIFICATE);
            return new Present(material, context);
        });
    }

    void look() {
        files.look();
    }

    TlsMaterial present() {
        return files.present().material();
    }

    SSLContext context() {
        return files.present().context();
    }
}
