package io.rollcall.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of TLS. */
final class TlsTable {

    static final Setting<Optional<Path>> CERTIFICATE = new Setting<>(
            "tls-certificate",
            "FILE",
            "",
            TlsTable::file,
            "The certificate that clients are shown, PEM, followed by its intermediates; clients are then served by HTTPS"
                    + " alone. Files of TLS may be replaced while the node runs.");

    static final Setting<Optional<Path>> KEY = new Setting<>(
            "tls-key",
            "FILE",
            "",
            TlsTable::file,
            "The private key of --tls-certificate, PEM (PKCS#8, not encrypted).");

    static final Setting<Optional<Path>> CLIENT_CA = new Setting<>(
            "tls-client-ca",
            "FILE",
            "",
            TlsTable::file,
            "The authorities of clients' certificates, PEM; for --tls-client-auth.");

    static final Setting<ClientAuthentication> CLIENT_AUTH = new Setting<>(
            "tls-client-auth",
            "none|want|need",
            "none",
            ClientAuthentication::parse,
            "Whether clients are asked for a certificate: want lets in who shows none, need does not.");

    static final Setting<Optional<Path>> RAFT_CA = new Setting<>(
            "tls-raft-ca",
            "FILE",
            "",
            TlsTable::file,
            "The authorities of members' certificates, PEM; members then speak TLS with each other alone, and each must"
                    + " show a certificate with the name ID.server.rollcall.");

    static final Setting<Optional<Path>> RAFT_CERTIFICATE = new Setting<>(
            "tls-raft-certificate",
            "FILE",
            "",
            TlsTable::file,
            "The certificate that other members are shown, PEM; without it --tls-certificate.");

    static final Setting<Optional<Path>> RAFT_KEY = new Setting<>(
            "tls-raft-key",
            "FILE",
            "",
            TlsTable::file,
            "The private key of --tls-raft-certificate, PEM (PKCS#8, not encrypted).");

    static final Setting<Duration> CONNECTION_MAX_AGE = new Setting<>(
            "tls.connection-max-age",
            "DURATION",
            "1h",
            SettingParsers.duration(Duration.ofSeconds(5), Duration.ofDays(7)),
            """
                    How long a client's connection by TLS may last before it must shake hands again, which is when \
                    certificates are looked at; too short costs handshakes, too long lets in who was let in once.""");

    /** Those that have an option each. */
    static final List<Setting<?>> OPTIONS =
            List.of(CERTIFICATE, KEY, CLIENT_CA, CLIENT_AUTH, RAFT_CA, RAFT_CERTIFICATE, RAFT_KEY);

    private TlsTable() {}

    private static Optional<Path> file(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("must be the path of a file: " + e.getMessage(), e);
        }
    }
}
