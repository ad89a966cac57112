package io.rollcall.cli.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * A certificate and its key.
 *
 * @param certificate the certificate
 * @param key its private key
 */
public record Issued(X509Certificate certificate, PrivateKey key) {

    private static final int LINE = 64;

    /**
     * Returns the certificate as PEM.
     *
     * @return the text of a file
     * @throws GeneralSecurityException if the JDK cannot encode it
     */
    public String certificatePem() throws GeneralSecurityException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    /**
     * Returns the key as PEM, PKCS#8, not encrypted.
     *
     * @return the text of a file that nobody else may read
     */
    public String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "certificate of " + certificate.getSubjectX500Principal();
    }

    private static String pem(String label, byte[] bytes) {
        String text = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }
}
