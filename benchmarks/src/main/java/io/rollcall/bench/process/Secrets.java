package io.rollcall.bench.process;

import io.rollcall.bench.load.SecuredAddress;
import io.rollcall.cli.RollcallCommand;
import io.rollcall.cli.tls.CertificateAuthority;
import io.rollcall.cli.tls.CertificateSubject;
import io.rollcall.cli.tls.TlsFolder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What protects a cluster, made for one run: certificates of its members, tokens, keys to store by. */
final class Secrets {

    private static final Duration LIFE = Duration.ofDays(1);
    private static final int SECRET_BYTES = 32;

    /** What a deployment would give those who register, discover and look: no right to everything. */
    private static final String POLICY = """
            {"rules":[{"resource":"service","prefix":"","level":"write"},{"resource":"operator","level":"read"}]}""";

    private final Path folder;
    private final TlsFolder tls;
    private final SSLContext context;
    private final String operator;

    private Secrets(Path folder, TlsFolder tls, SSLContext context, String operator) {
        this.folder = folder;
        this.tls = tls;
        this.context = context;
        this.operator = operator;
    }

    /** Makes them for members on the loopback. */
    static Secrets create(Path folder, List<String> members) {
        try {
            var files = new TlsFolder(folder);
            var authority = CertificateAuthority.create(LIFE);
            files.write(TlsFolder.AUTHORITY, authority.own());
            for (var member : members) {
                files.write(member, authority.issue(CertificateSubject.node(member, List.of()), LIFE));
            }
            createKeys(folder);
            var secret = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(secret);
            var operator = "bootstrap." + HexFormat.of().formatHex(secret);
            Files.writeString(folder.resolve("bootstrap-token"), operator);
            return new Secrets(folder, files, trusting(authority), operator);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no secrets can be made in " + folder, e);
        }
    }

    /** As an operator does, by the command line. */
    private static void createKeys(Path folder) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                RollcallCommand.class.getName(),
                "keys",
                "create",
                "--folder",
                folder.toString());
        try {
            var status = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("keys.log").toFile())
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException("no keys were made, see " + folder.resolve("keys.log"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static SSLContext trusting(CertificateAuthority authority) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", authority.own().certificate());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** A member as the operator calls it. */
    InetSocketAddress asOperator(InetSocketAddress member) {
        return new SecuredAddress(member, context, operator);
    }

    /** Members that serve, as somebody calls them whom the operator just gave a token. */
    List<InetSocketAddress> asCaller(List<InetSocketAddress> members) {
        var one = members.get(0);
        Calls.require(one, "PUT", "/api/v1/acl/policies/bench", POLICY);
        var made =
                Calls.require(one, "POST", "/api/v1/acl/tokens", "{\"identity\":\"bench\",\"policies\":[\"bench\"]}");
        var token = made.json().path("token").asText();
        List<InetSocketAddress> callers = members.stream()
                .<InetSocketAddress>map(member -> new SecuredAddress(member, context, token))
                .toList();
        for (var caller : callers) {
            // A token is known at a member once that has applied it.
            Calls.await("the token to be known at " + caller, LIFE, () -> {
                try {
                    return Calls.get(caller, "/api/v1/cluster").isOk();
                } catch (IOException e) {
                    return false;
                }
            });
        }
        return callers;
    }

    /** What a member is started with. */
    List<String> options(String member) {
        return List.of(
                "--tls-certificate",
                tls.certificate(member).toString(),
                "--tls-key",
                tls.key(member).toString(),
                "--tls-raft-ca",
                tls.certificate(TlsFolder.AUTHORITY).toString(),
                "--acl-default",
                "deny",
                "--bootstrap-token-file",
                folder.resolve("bootstrap-token").toString(),
                "--encryption-keyset",
                folder.resolve("keyset.json").toString(),
                "--encryption-master-key-file",
                folder.resolve("master.key").toString());
    }
}
