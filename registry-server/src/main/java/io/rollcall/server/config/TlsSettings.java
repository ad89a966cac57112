package io.rollcall.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How connections are protected.
 *
 * @param http of those of clients; null: they are not
 * @param clients whether clients are asked for a certificate
 * @param raft of those between members; null: they are not
 * @param connectionMaxAge how long a client's connection may last
 */
public record TlsSettings(
        @Nullable CertificateFiles http,
        ClientAuthentication clients,
        @Nullable CertificateFiles raft,
        Duration connectionMaxAge) {

    static TlsSettings read(SettingReader reader, List<String> findings) {
        Optional<Path> certificate = reader.read(TlsTable.CERTIFICATE);
        Optional<Path> key = reader.read(TlsTable.KEY);
        requirePair("tls-certificate", certificate, "tls-key", key, findings);
        return new TlsSettings(
                http(reader, certificate, key, findings),
                reader.read(TlsTable.CLIENT_AUTH),
                raft(reader, certificate, key, findings),
                reader.read(TlsTable.CONNECTION_MAX_AGE));
    }

    private static @Nullable CertificateFiles http(
            SettingReader reader, Optional<Path> certificate, Optional<Path> key, List<String> findings) {
        Optional<Path> authorities = reader.read(TlsTable.CLIENT_CA);
        boolean asks = reader.read(TlsTable.CLIENT_AUTH) != ClientAuthentication.NONE;
        if (asks && certificate.isEmpty()) {
            findings.add(
                    "tls-client-auth needs tls-certificate and tls-key: without TLS nobody can show a certificate");
        } else if (asks && authorities.isEmpty()) {
            findings.add("tls-client-auth needs tls-client-ca, to know whose certificates are good");
        } else if (!asks && authorities.isPresent()) {
            findings.add("tls-client-ca does nothing unless tls-client-auth is want or need");
        }
        return certificate.isEmpty() || key.isEmpty()
                ? null
                : new CertificateFiles(certificate.get(), key.get(), authorities.orElse(null));
    }

    private static @Nullable CertificateFiles raft(
            SettingReader reader, Optional<Path> certificate, Optional<Path> key, List<String> findings) {
        Optional<Path> ownCertificate = reader.read(TlsTable.RAFT_CERTIFICATE);
        Optional<Path> ownKey = reader.read(TlsTable.RAFT_KEY);
        Optional<Path> authorities = reader.read(TlsTable.RAFT_CA);
        requirePair("tls-raft-certificate", ownCertificate, "tls-raft-key", ownKey, findings);
        if (authorities.isEmpty()) {
            if (ownCertificate.isPresent()) {
                findings.add("tls-raft-certificate needs tls-raft-ca, to know whose certificates are good");
            }
            return null;
        }
        // A pair of its own or none of it: never the one file of this and the other of that.
        Optional<Path> shown = ownCertificate.or(() -> certificate);
        Optional<Path> shownKey = ownCertificate.isPresent() ? ownKey : key;
        if (shown.isEmpty() || shownKey.isEmpty()) {
            findings.add("tls-raft-ca needs a certificate to show: give tls-raft-certificate and tls-raft-key, or"
                    + " tls-certificate and tls-key");
            return null;
        }
        return new CertificateFiles(shown.get(), shownKey.get(), authorities.get());
    }

    private static void requirePair(
            String one, Optional<Path> first, String other, Optional<Path> second, List<String> findings) {
        if (first.isPresent() != second.isPresent()) {
            findings.add(one + " and " + other + " go together; give both or none");
        }
    }
}
