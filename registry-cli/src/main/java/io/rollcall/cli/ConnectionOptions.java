package io.rollcall.cli;

import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Secret;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.RegistryClientBuilder;
import io.rollcall.client.tls.TlsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to a registry. */
final class ConnectionOptions {

    static final String DEFAULT_SERVER = "http://127.0.0.1:8500";

    private static final String SERVERS_VARIABLE = "ROLLCALL_SERVERS";
    private static final String TOKEN_VARIABLE = "ROLLCALL_TOKEN";

    private static final String AUTHORITIES_VARIABLE = "ROLLCALL_CA";
    private static final String CERTIFICATE_VARIABLE = "ROLLCALL_CERT";
    private static final String KEY_VARIABLE = "ROLLCALL_KEY";

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "A node's address; repeat it for each node, to go on when one fails."
                    + " Default: ROLLCALL_SERVERS, a list with commas, else " + DEFAULT_SERVER + ".")
    private List<String> servers = List.of();

    @Option(
            names = "--token",
            paramLabel = "ID.SECRET",
            description = "The token to show. Default: ROLLCALL_TOKEN, which other users of the machine cannot see.")
    private @Nullable Secret token;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "The authorities that nodes' certificates must be of, PEM. Default: ROLLCALL_CA, else those that"
                            + " the JDK trusts.")
    private @Nullable Path authorities;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            description = "The certificate to show to nodes that ask for one, PEM. Default: ROLLCALL_CERT.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Its private key, PEM. Default: ROLLCALL_KEY.")
    private @Nullable Path key;

    @Option(names = "--namespace", paramLabel = "NAME", description = "The namespace. Default: ${DEFAULT-VALUE}.")
    private Namespace namespace = Namespace.DEFAULT;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long to go on trying, over all nodes, such as 500ms or 10s. Default: 10s.")
    private Duration timeout = Duration.ofSeconds(10);

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    Duration timeout() {
        return timeout;
    }

    OutputFormat output() {
        return output;
    }

    Namespace namespace() {
        return namespace;
    }

    RegistryClient open(Map<String, String> environment) {
        try {
            RegistryClientBuilder builder = RegistryClient.builder()
                    .servers(servers(environment))
                    .token(token == null ? textOrNull(environment.get(TOKEN_VARIABLE)) : token.reveal())
                    .namespace(namespace)
                    .deadline(timeout);
            TlsOptions tls = tls(environment);
            if (tls != null) {
                builder.tls(tls);
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
    }

    /** What was said of TLS; null if nothing, and then the client goes by the JDK. */
    @Nullable
    TlsOptions tls(Map<String, String> environment) {
        Path shownCertificate = file(certificate, environment, CERTIFICATE_VARIABLE);
        Path shownKey = file(key, environment, KEY_VARIABLE);
        Path trusted = file(authorities, environment, AUTHORITIES_VARIABLE);
        if (shownCertificate == null && shownKey == null && trusted == null) {
            return null;
        }
        if (shownCertificate == null || shownKey == null) {
            if (shownCertificate != null || shownKey != null) {
                throw new IllegalArgumentException("--cert and --key go together: give both files or none");
            }
            return TlsOptions.system().withAuthorities(Objects.requireNonNull(trusted));
        }
        TlsOptions shown = TlsOptions.system().withCertificate(shownCertificate, shownKey);
        return trusted == null ? shown : shown.withAuthorities(trusted);
    }

    private static @Nullable Path file(@Nullable Path option, Map<String, String> environment, String variable) {
        String named = textOrNull(environment.get(variable));
        return option != null || named == null ? option : Path.of(named);
    }

    List<String> servers(Map<String, String> environment) {
        if (!servers.isEmpty()) {
            return servers;
        }
        List<String> listed = Stream.of(
                        environment.getOrDefault(SERVERS_VARIABLE, "").split(","))
                .map(String::strip)
                .filter(server -> !server.isEmpty())
                .toList();
        return listed.isEmpty() ? List.of(DEFAULT_SERVER) : listed;
    }

    private static @Nullable String textOrNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
