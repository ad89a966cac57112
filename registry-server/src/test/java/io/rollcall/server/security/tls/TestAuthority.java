package io.rollcall.server.security.tls;

import io.rollcall.server.config.CertificateFiles;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority, and certificates of it with whatever names and times a test wants. */
public final class TestAuthority {

    private static final AtomicLong SERIALS = new AtomicLong(1);
    private static final Duration LONG = Duration.ofDays(100);

    private final X500Principal name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    /** A certificate with its key. */
    public record Pair(X509Certificate certificate, PrivateKey key) {}

    public TestAuthority(String name) throws Exception {
        this.name = new X500Principal("CN=" + name);
        this.keys = newKeys();
        var builder = builder(this.name, keys, LONG.negated(), LONG);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        this.certificate = sign(builder);
    }

    /** A member's certificate that is also good for clients on the loopback. */
    public Pair member(String id) throws Exception {
        return issue(id, Duration.ofHours(-1), LONG, id + MemberRole.SUFFIX, "localhost");
    }

    /** One with these DNS names, and the address of the loopback. */
    public Pair named(String... dnsNames) throws Exception {
        return issue("somebody", Duration.ofHours(-1), LONG, dnsNames);
    }

    /** A member's certificate from and until then, counted from now. */
    public Pair member(String id, Duration from, Duration until) throws Exception {
        return issue(id, from, until, id + MemberRole.SUFFIX, "localhost");
    }

    private Pair issue(String subject, Duration from, Duration until, String... dnsNames) throws Exception {
        var own = newKeys();
        var builder = builder(new X500Principal("CN=" + subject), own, from, until);
        var names = Stream.concat(
                        Stream.of(dnsNames).map(text -> new GeneralName(GeneralName.dNSName, text)),
                        Stream.of(new GeneralName(GeneralName.iPAddress, "127.0.0.1")))
                .toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        return new Pair(sign(builder), own.getPrivate());
    }

    private JcaX509v3CertificateBuilder builder(
            X500Principal subject, KeyPair subjectKeys, Duration from, Duration until) {
        var now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(SERIALS.getAndIncrement()),
                Date.from(now.plus(from)),
                Date.from(now.plus(until)),
                subject,
                subjectKeys.getPublic());
    }

    private X509Certificate sign(JcaX509v3CertificateBuilder builder) throws Exception {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static KeyPair newKeys() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** Files {@code NAME.pem}, {@code NAME-key.pem} and {@code ca.pem} in a folder, each replaced at once. */
    public static CertificateFiles write(Path folder, String name, Pair pair, TestAuthority... trusted)
            throws Exception {
        var files = new CertificateFiles(
                folder.resolve(name + ".pem"), folder.resolve(name + "-key.pem"), folder.resolve(name + "-ca.pem"));
        replace(files.certificate(), pem("CERTIFICATE", pair.certificate().getEncoded()));
        replace(files.key(), pem("PRIVATE KEY", pair.key().getEncoded()));
        var authorities = new StringBuilder();
        for (var authority : trusted) {
            authorities.append(pem("CERTIFICATE", authority.certificate.getEncoded()));
        }
        replace(files.authorities(), authorities.toString());
        return files;
    }

    public static void replace(Path file, String text) throws IOException {
        var next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    public static String pem(String label, byte[] bytes) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
