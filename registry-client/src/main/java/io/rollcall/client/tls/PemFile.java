package io.rollcall.client.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
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

/** Reads PEM files. Messages name the file, and never tell what a key file holds. */
final class PemFile {

    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Block(String label, byte[] bytes) {}

    private PemFile() {}

    /** The certificates of a file in their order, at least one. */
    static List<X509Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (Block block : blocks(file)) {
            if (block.label().equals("CERTIFICATE")) {
                certificates.add(certificate(file, factory, block));
            }
        }
        if (certificates.isEmpty()) {
            throw new CertificateException(file + " holds no certificate (-----BEGIN CERTIFICATE-----)");
        }
        return certificates;
    }

    private static X509Certificate certificate(Path file, CertificateFactory factory, Block block)
            throws CertificateException {
        try {
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes()));
        } catch (CertificateException e) {
            throw new CertificateException(file + " holds a certificate that cannot be read", e);
        }
    }

    /**
     * The private key of a file.
     *
     * @param algorithm that of the certificate's public key
     */
    static PrivateKey key(Path file, String algorithm) throws IOException, GeneralSecurityException {
        List<Block> blocks = blocks(file);
        for (Block block : blocks) {
            if (block.label().equals("PRIVATE KEY")) {
                return key(file, algorithm, block);
            }
        }
        List<String> others = blocks.stream()
                .map(Block::label)
                .filter(label -> label.endsWith("PRIVATE KEY"))
                .toList();
        if (others.isEmpty()) {
            throw new GeneralSecurityException(file + " holds no private key (-----BEGIN PRIVATE KEY-----)");
        }
        throw new GeneralSecurityException(file + " holds a key of the form " + others.get(0)
                + "; only PKCS#8 without a password is read: openssl pkcs8 -topk8 -nocrypt makes it");
    }

    private static PrivateKey key(Path file, String algorithm, Block block) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(block.bytes()));
        } catch (InvalidKeySpecException e) {
            throw new InvalidKeySpecException(
                    file + " holds no " + algorithm + " key, as the certificate has; are they being replaced?", e);
        }
    }

    private static List<Block> blocks(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " is over " + MAX_BYTES + " bytes");
        }
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            try {
                blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + " holds a block that is no Base64", e);
            }
        }
        return blocks;
    }
}
