package io.rollcall.client.fake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two authorities of their own, {@code ca-1} and {@code ca-2}, each with a certificate for 127.0.0.1, {@code one} (EC) and
 * {@code two} (RSA), made by the JDK's keytool, as PEM files.
 */
public final class Certificates {

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final KeyStore store;

    private Certificates(Path folder) throws Exception {
        this.folder = folder;
        generate("ca-1", "EC", "-ext", "bc:c");
        generate("one", "EC", "-signer", "ca-1", "-ext", "san=ip:127.0.0.1");
        generate("ca-2", "EC", "-ext", "bc:c");
        generate("two", "RSA", "-signer", "ca-2", "-ext", "san=ip:127.0.0.1");
        store = KeyStore.getInstance(storeFile().toFile(), PASSWORD.toCharArray());
    }

    public static Certificates in(Path folder) throws Exception {
        return new Certificates(folder);
    }

    private void generate(String alias, String algorithm, String... more) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + alias,
                "-keystore",
                storeFile().toString(),
                "-storepass",
                PASSWORD,
                "-storetype",
                "PKCS12"));
        command.addAll(List.of(more));
        var log = folder.resolve("keytool.log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException("keytool failed: " + Files.readString(log));
        }
    }

    private Path storeFile() {
        return folder.resolve("keys.p12");
    }

    /** Replaces a file by the certificates of authorities. */
    public void authorities(Path file, String... aliases) throws Exception {
        StringBuilder text = new StringBuilder("of the test\n");
        for (String alias : aliases) {
            text.append(pem("CERTIFICATE", store.getCertificate(alias).getEncoded()));
        }
        replace(file, text.toString());
    }

    /** Replaces a file by a certificate with that of its authority. */
    public void chain(Path file, String alias) throws Exception {
        StringBuilder text = new StringBuilder();
        for (Certificate certificate : store.getCertificateChain(alias)) {
            text.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        replace(file, text.toString());
    }

    /** Replaces a file by the key of a certificate. */
    public void key(Path file, String alias) throws Exception {
        Key key = store.getKey(alias, PASSWORD.toCharArray());
        replace(file, pem("PRIVATE KEY", key.getEncoded()));
    }

    /** As those do that replace certificates: nobody ever sees half a file. */
    public static void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String pem(String label, byte[] bytes) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
