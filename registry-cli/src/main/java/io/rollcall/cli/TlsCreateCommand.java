package io.rollcall.cli;

import io.rollcall.cli.tls.CertificateAuthority;
import io.rollcall.cli.tls.CertificateSubject;
import io.rollcall.cli.tls.TlsFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes an authority and certificates of it. */
@Command(
        name = "create",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = {
            "Make an authority, and certificates for nodes and clients, as files that their owner alone may read.",
            "",
            "The authority (ca.pem, ca-key.pem) is made once and then used again. Nothing is ever overwritten: to replace"
                    + " certificates, make new ones in another folder and move them over the old. Nodes and clients of"
                    + " the library take files that were replaced while they run. Whoever has ca-key.pem can become a"
                    + " node: keep it off the nodes."
        },
        footer = {
            "",
            "Examples:",
            "  rollcall tls create --node n1=10.0.0.1,n1.example --node n2=10.0.0.2 --node n3=10.0.0.3 --client web",
            "  rollcall server --http 10.0.0.1:8500 --raft 10.0.0.1:8300 --tls-certificate tls/n1.pem \\",
            "      --tls-key tls/n1-key.pem --tls-raft-ca tls/ca.pem ...",
            "  rollcall services --server https://10.0.0.1:8500 --ca tls/ca.pem",
            "  rollcall tls create --folder tls-next --authority tls --days 90 --node n1=10.0.0.1"
        })
final class TlsCreateCommand implements Callable<Integer> {

    private static final int AUTHORITY_DAYS = 3_650;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where the files are made. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("tls");

    @Option(
            names = "--authority",
            paramLabel = "DIR",
            description = "Where the authority's ca.pem and ca-key.pem are. Default: --folder; made if missing there.")
    private @Nullable Path authority;

    @Option(
            names = "--node",
            paramLabel = "ID[=HOST,...]",
            description = "A node: its id, and the names and addresses at which clients reach it; repeat it for each."
                    + " Without hosts: those of the loopback.")
    private List<String> nodes = List.of();

    @Option(names = "--client", paramLabel = "NAME", description = "A client, for --tls-client-auth; may be repeated.")
    private List<String> clients = List.of();

    @Option(
            names = "--days",
            paramLabel = "NUMBER",
            description = "How long the certificates are good for, 1 to 3650; the authority is for 3650 days."
                    + " Default: ${DEFAULT-VALUE}.")
    private int days = 365;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this command.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    private final Terminal terminal;

    TlsCreateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (days < 1 || days > AUTHORITY_DAYS) {
            throw new UsageException("--days must be 1 to " + AUTHORITY_DAYS);
        }
        Map<String, CertificateSubject> subjects = subjects();
        TlsFolder target = new TlsFolder(folder);
        List<Path> present = subjects.keySet().stream()
                .flatMap(name -> target.present(name).stream())
                .toList();
        if (!present.isEmpty()) {
            return failed("nothing is overwritten, and there is already " + present);
        }
        try {
            CertificateAuthority issuer = issuer(target);
            for (Map.Entry<String, CertificateSubject> subject : subjects.entrySet()) {
                target.write(subject.getKey(), issuer.issue(subject.getValue(), Duration.ofDays(days)));
                made(target, subject.getKey());
            }
        } catch (IOException | GeneralSecurityException e) {
            return failed(e.getMessage());
        }
        return ExitStatus.OK;
    }

    private Map<String, CertificateSubject> subjects() {
        Map<String, CertificateSubject> subjects = new LinkedHashMap<>();
        try {
            for (String node : nodes) {
                int equals = node.indexOf('=');
                String id = equals < 0 ? node : node.substring(0, equals);
                String hosts = equals < 0 ? "" : node.substring(equals + 1);
                put(subjects, CertificateSubject.node(id, listed(hosts)));
            }
            for (String client : clients) {
                put(subjects, CertificateSubject.client(client));
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
        return subjects;
    }

    private static void put(Map<String, CertificateSubject> subjects, CertificateSubject subject) {
        if (subject.name().equals(TlsFolder.AUTHORITY) || subjects.put(subject.name(), subject) != null) {
            throw new IllegalArgumentException("'" + subject.name() + "' is the name of two certificates");
        }
    }

    private static List<String> listed(String hosts) {
        return Stream.of(hosts.split(",", -1))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .toList();
    }

    private CertificateAuthority issuer(TlsFolder target) throws IOException, GeneralSecurityException {
        if (authority != null) {
            return new TlsFolder(authority).authority();
        }
        if (!target.present(TlsFolder.AUTHORITY).isEmpty()) {
            return target.authority();
        }
        CertificateAuthority made = CertificateAuthority.create(Duration.ofDays(AUTHORITY_DAYS));
        target.write(TlsFolder.AUTHORITY, made.own());
        made(target, TlsFolder.AUTHORITY);
        return made;
    }

    private void made(TlsFolder target, String name) {
        terminal.out().println(target.certificate(name) + "  " + target.key(name));
    }

    private int failed(@Nullable String message) {
        terminal.err().println("rollcall: " + message);
        return ExitStatus.FAILURE;
    }
}
