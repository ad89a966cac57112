package io.rollcall.server.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files of a listener's certificate, all PEM; they may be replaced while the node runs.
 *
 * @param certificate the certificate, then those of its intermediates
 * @param key its private key, PKCS#8, not encrypted
 * @param authorities whose certificates are accepted; null if nobody is asked for one
 */
public record CertificateFiles(
        Path certificate, Path key, @Nullable Path authorities) {}
