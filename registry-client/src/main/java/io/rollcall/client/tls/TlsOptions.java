package io.rollcall.client.tls;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS connection goes by. The files may be replaced at any time: connections that are opened afterwards go by the new
 * ones, those that are open stay.
 *
 * @param authorities PEM file with the certificates of the authorities that are trusted; null for those that the JDK
 *     trusts
 * @param certificates PEM file with the certificate to show, then those of its intermediates; null to show none
 * @param key PEM file with its private key, PKCS#8, RSA or EC, not encrypted; null with no certificate
 * @param checkInterval how often at most the files are looked at, zero or more. Too small: a look at the disk for each
 *     connection. Too large: a certificate that was replaced too late is shown for as long
 */
public record TlsOptions(
        @Nullable Path authorities,
        @Nullable Path certificates,
        @Nullable Path key,
        Duration checkInterval) {

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(10);

    /** Checks that a certificate has its key. */
    public TlsOptions {
        if ((certificates == null) != (key == null)) {
            throw new IllegalArgumentException(
                    "a certificate to show and its key go together: give both files or none");
        }
        if (checkInterval.isNegative()) {
            throw new IllegalArgumentException("check interval must be zero or more, is " + checkInterval);
        }
    }

    /**
     * Trusts the authorities that the JDK trusts, and shows no certificate.
     *
     * @return the options
     */
    public static TlsOptions system() {
        return new TlsOptions(null, null, null, CHECK_INTERVAL);
    }

    /**
     * Trusts the authorities of a file and no others.
     *
     * @param file PEM, one certificate or more
     * @return a copy
     */
    public TlsOptions withAuthorities(Path file) {
        return new TlsOptions(file, certificates, key, checkInterval);
    }

    /**
     * Shows a certificate to servers that ask for one.
     *
     * @param certificatesFile PEM, the certificate first, then its intermediates
     * @param keyFile PEM, PKCS#8, not encrypted
     * @return a copy
     */
    public TlsOptions withCertificate(Path certificatesFile, Path keyFile) {
        return new TlsOptions(authorities, certificatesFile, keyFile, checkInterval);
    }

    /**
     * Sets how often at most the files are looked at.
     *
     * @param value 10 s unless told
     * @return a copy
     */
    public TlsOptions withCheckInterval(Duration value) {
        return new TlsOptions(authorities, certificates, key, value);
    }
}
