package io.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsCreateCommandTest {

    @TempDir
    Path folder;

    private final TestShell shell = new TestShell();

    private int create(String... options) {
        List<String> words = new ArrayList<>(List.of("tls", "create", "--folder", tls().toString()));
        words.addAll(List.of(options));
        return shell.run(words.toArray(new String[0]));
    }

    private Path tls() {
        return folder.resolve("tls");
    }

    private X509Certificate certificate(String name) throws Exception {
        try (InputStream file = Files.newInputStream(tls().resolve(name + ".pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
    }

    private Map<String, String> contents() throws Exception {
        Map<String, String> contents = new TreeMap<>();
        try (var files = Files.list(tls())) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    @Test
    void filesAreTheirOwnersAlone() throws Exception {
        assertThat(create("--node", "n1=10.0.0.1", "--client", "web")).isZero();

        assertThat(contents())
                .containsOnlyKeys("ca.pem", "ca-key.pem", "n1.pem", "n1-key.pem", "web.pem", "web-key.pem");
        for (String file : contents().keySet()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tls().resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tls())))
                .isEqualTo("rwx------");
        assertThat(shell.out().lines()).hasSize(3).allMatch(line -> line.contains("-key.pem"));
    }

    @Test
    void nodeHasItsNameAsAMemberAndItsHosts() throws Exception {
        assertThat(create("--node", "n1=10.0.0.1,::1,n1.example", "--client", "web", "--days", "30"))
                .isZero();

        X509Certificate node = certificate("n1");
        node.verify(certificate("ca").getPublicKey());
        assertThat(node.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactlyInAnyOrder("n1.server.rollcall", "n1.example", "10.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(node.getExtendedKeyUsage()).hasSize(2);
        assertThat(node.getBasicConstraints()).isEqualTo(-1);
        assertThat(Duration.between(Instant.now(), node.getNotAfter().toInstant()))
                .isBetween(Duration.ofDays(29), Duration.ofDays(30));
        X509Certificate client = certificate("web");
        assertThat(client.getSubjectAlternativeNames()).isNull();
        assertThat(client.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    }

    @Test
    void nothingIsOverwrittenAndTheAuthorityIsUsedAgain() throws Exception {
        assertThat(create("--node", "n1")).isZero();
        Map<String, String> before = contents();

        assertThat(create("--node", "n2", "--node", "n1")).isEqualTo(ExitStatus.FAILURE);
        assertThat(shell.err()).contains("n1.pem", "n1-key.pem", "nothing is overwritten");
        assertThat(contents()).isEqualTo(before);

        assertThat(create("--node", "n2")).isZero();
        assertThat(contents()).containsAllEntriesOf(before).containsKey("n2.pem");
        certificate("n2").verify(certificate("ca").getPublicKey());
    }

    @Test
    void authorityMayLieElsewhere() throws Exception {
        assertThat(create()).isZero();
        Path next = folder.resolve("next");

        assertThat(create("--folder", next.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(shell.run(
                        "tls", "create", "--folder", next.toString(), "--authority", tls().toString(), "--node", "n1"))
                .isZero();

        assertThat(next.resolve("n1.pem")).exists();
        assertThat(next.resolve("ca.pem")).doesNotExist();
    }

    @Test
    void halfAnAuthorityIsNamed() throws Exception {
        assertThat(create()).isZero();
        Files.delete(tls().resolve("ca-key.pem"));

        assertThat(create("--node", "n1")).isEqualTo(ExitStatus.FAILURE);
        assertThat(shell.err()).contains("ca-key.pem");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--node=",
                "--node=a b",
                "--node=n1=-x",
                "--node=n1=n2.server.rollcall",
                "--node=n1=*.example",
                "--node=ca",
                "--client=../x",
                "--days=0",
                "--days=3651"
            })
    void mistakesMakeNoFile(String option) {
        assertThat(create(option)).isEqualTo(ExitStatus.USAGE);

        assertThat(tls()).doesNotExist();
    }
}
