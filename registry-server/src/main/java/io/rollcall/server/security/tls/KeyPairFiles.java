package io.rollcall.server.security.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys in PEM. Messages name the file, and never tell what a key file holds. */
final class KeyPairFiles {

    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN ((?:[A-Z0-9]+ )*)PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END \\1PRIVATE KEY-----");

    private KeyPairFiles() {}

    /** The certificates of a file in their order, at least one. */
    static List<X509Certificate> certificates(Path file, byte[] contents) throws CertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(contents))) {
                certificates.add((X509Certificate) certificate);
            }
        } catch (CertificateException e) {
            throw new CertificateException(file + " holds a certificate that cannot be read", e);
        }
        if (certificates.isEmpty()) {
            throw new CertificateException(file + " holds no certificate (-----BEGIN CERTIFICATE-----)");
        }
        return certificates;
    }

    /** The key of a certificate. */
    static PrivateKey key(Path file, byte[] contents, X509Certificate certificate) throws GeneralSecurityException {
        Matcher matcher = KEY.matcher(new String(contents, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw new GeneralSecurityException(file + " holds no private key (-----BEGIN PRIVATE KEY-----)");
        }
        if (!matcher.group(1).isEmpty()) {
            throw new GeneralSecurityException(
                    file + " holds a key of the form " + matcher.group(1) + "PRIVATE KEY; only"
                            + " PKCS#8 without a password is read: openssl pkcs8 -topk8 -nocrypt makes it");
        }
        PublicKey publicKey = certificate.getPublicKey();
        PrivateKey key = decode(file, matcher.group(2), publicKey.getAlgorithm());
        if (!isPair(publicKey, key)) {
            throw new GeneralSecurityException("the key of " + file + " is not that of the certificate of "
                    + certificate.getSubjectX500Principal() + "; are they being replaced?");
        }
        return key;
    }

    private static PrivateKey decode(Path file, String base64, String algorithm) throws GeneralSecurityException {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            throw new InvalidKeySpecException(
                    file + " holds no " + algorithm + " key, as the certificate has; are they being replaced?", e);
        }
    }

    /** What the key has signed, the certificate must confirm: of two files one may have been replaced already. */
    private static boolean isPair(PublicKey publicKey, PrivateKey key) throws GeneralSecurityException {
        byte[] sample = {1, 2, 3};
        Signature signature = Signature.getInstance(signatureOf(publicKey.getAlgorithm()));
        signature.initSign(key);
        signature.update(sample);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(sample);
        return signature.verify(signed);
    }

    private static String signatureOf(String keyAlgorithm) throws GeneralSecurityException {
        return switch (keyAlgorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> throw new GeneralSecurityException("keys of " + keyAlgorithm + " are not read; take RSA or EC");
        };
    }
}
