package io.rollcall.cli.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that issues certificates: elliptic curve P-256, signed with SHA-256. */
public final class CertificateAuthority {

    private static final String CURVE = "secp256r1";
    private static final String SIGNATURE = "SHA256withECDSA";
    private static final int SERIAL_BITS = 127;
    private static final int NAME_BYTES = 4;

    /** The clocks of those who look at a certificate may be behind. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Issued own;

    private CertificateAuthority(Issued own) {
        this.own = own;
    }

    /**
     * Makes an authority.
     *
     * @param life how long it is good for, in whole seconds
     * @return with a name that no other has
     */
    public static CertificateAuthority create(Duration life) {
        try {
            byte[] number = new byte[NAME_BYTES];
            RANDOM.nextBytes(number);
            var name = new X500Principal("CN=Rollcall CA " + HexFormat.of().formatHex(number));
            KeyPair keys = newKeys();
            X509v3CertificateBuilder builder = builder(name, name, keys.getPublic(), life);
            var extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            extensions.createSubjectKeyIdentifier(keys.getPublic()));
            return new CertificateAuthority(new Issued(sign(builder, keys), keys.getPrivate()));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("no authority can be made by this JDK: " + e, e);
        }
    }

    /**
     * An authority that was made before.
     *
     * @param own its certificate and key
     * @return the authority
     */
    public static CertificateAuthority of(Issued own) {
        return new CertificateAuthority(own);
    }

    /**
     * Returns its own certificate, by which others know what it has issued.
     *
     * @return with the key
     */
    public Issued own() {
        return own;
    }

    /**
     * Issues a certificate with a new key.
     *
     * @param subject for whom
     * @param life how long it is good for, in whole seconds
     * @return the certificate and its key
     */
    public Issued issue(CertificateSubject subject, Duration life) {
        try {
            KeyPair keys = newKeys();
            X509v3CertificateBuilder builder = builder(
                    own.certificate().getSubjectX500Principal(),
                    new X500Principal("CN=" + subject.name()),
                    keys.getPublic(),
                    life);
            extend(builder, subject, keys.getPublic());
            return new Issued(
                    sign(builder, new KeyPair(own.certificate().getPublicKey(), own.key())), keys.getPrivate());
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("no certificate can be made by this JDK: " + e, e);
        }
    }

    private void extend(X509v3CertificateBuilder builder, CertificateSubject subject, PublicKey key)
            throws GeneralSecurityException, IOException {
        var extensions = new JcaX509ExtensionUtils();
        // A node is a client of the other nodes, too.
        KeyPurposeId[] purposes = subject.isServer()
                ? new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}
                : new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth};
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes))
                .addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(key))
                .addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        extensions.createAuthorityKeyIdentifier(
                                own.certificate().getPublicKey()));
        List<GeneralName> names = new ArrayList<>();
        subject.dnsNames().forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
        subject.addresses().forEach(address -> names.add(new GeneralName(GeneralName.iPAddress, address)));
        if (!names.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(new GeneralName[0])));
        }
    }

    private static X509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, PublicKey key, Duration life) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE),
                Date.from(now.minus(SKEW)),
                Date.from(now.plus(life)),
                subject,
                key);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair signer)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(signer.getPrivate())));
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(CURVE), RANDOM);
        return generator.generateKeyPair();
    }
}
