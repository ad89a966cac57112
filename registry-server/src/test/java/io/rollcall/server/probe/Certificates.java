package io.rollcall.server.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority of its own and a server's certificate by it, made by the JDK's keytool. */
final class Certificates {

    private static final String PASSWORD = "changeit";

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    /** A certificate for 127.0.0.1 and for web.test. */
    static Certificates in(Path folder) throws Exception {
        var certificates = new Certificates(folder);
        certificates.keytool("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=Own CA", "-ext", "bc:c");
        certificates.keytool(
                "-genkeypair",
                "-alias",
                "web",
                "-keyalg",
                "EC",
                "-dname",
                "CN=web",
                "-signer",
                "ca",
                "-ext",
                "san=ip:127.0.0.1,dns:web.test");
        certificates.keytool(
                "-exportcert",
                "-alias",
                "ca",
                "-rfc",
                "-file",
                certificates.authorityFile().toString());
        return certificates;
    }

    private void keytool(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store().toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        var log = folder.resolve("keytool.log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException("keytool failed: " + Files.readString(log));
        }
    }

    private Path store() {
        return folder.resolve("keys.p12");
    }

    /** The authority in PEM. */
    Path authorityFile() {
        return folder.resolve("ca.pem");
    }

    X509Certificate authority() throws Exception {
        try (InputStream file = Files.newInputStream(authorityFile())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
    }

    /** What a server shows. */
    SSLContext server() throws Exception {
        var all = KeyStore.getInstance(store().toFile(), PASSWORD.toCharArray());
        all.deleteEntry("ca");
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(all, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
