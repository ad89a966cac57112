package io.rollcall.cli;

import static io.rollcall.client.fake.FakeNode.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import io.rollcall.cli.tls.CertificateAuthority;
import io.rollcall.cli.tls.CertificateSubject;
import io.rollcall.cli.tls.TlsFolder;
import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.Samples;
import io.rollcall.client.tls.TlsContext;
import io.rollcall.client.tls.TlsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line and a node that wants a certificate, with files as {@code tls create} makes them. */
final class TlsConnectionTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private final TestShell shell = new TestShell();
    private TlsFolder files;
    private FakeNode node;

    @BeforeEach
    void start() throws Exception {
        files = new TlsFolder(folder.resolve("tls"));
        var authority = CertificateAuthority.create(DAY);
        files.write(TlsFolder.AUTHORITY, authority.own());
        files.write("n1", authority.issue(CertificateSubject.node("n1", List.of()), DAY));
        files.write("web", authority.issue(CertificateSubject.client("web"), DAY));
        var tls = TlsContext.open(TlsOptions.system()
                .withAuthorities(files.certificate(TlsFolder.AUTHORITY))
                .withCertificate(files.certificate("n1"), files.key("n1")));
        var demanding = new HttpsConfigurator(tls.context()) {
            @Override
            public void configure(HttpsParameters parameters) {
                var ssl = getSSLContext().getDefaultSSLParameters();
                ssl.setNeedClientAuth(true);
                parameters.setSSLParameters(ssl);
            }
        };
        node = new FakeNode(demanding, answer(200, Samples.discovery("o-1")));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private int discover(String... options) {
        List<String> words = new ArrayList<>(List.of("discover", "orders", "--server", node.url(), "--timeout", "2s"));
        words.addAll(List.of(options));
        return shell.run(words.toArray(new String[0]));
    }

    private String authorities() {
        return files.certificate(TlsFolder.AUTHORITY).toString();
    }

    @Test
    void filesAreNamedByOptions() {
        int status = discover(
                "--ca",
                authorities(),
                "--cert",
                files.certificate("web").toString(),
                "--key",
                files.key("web").toString());

        assertThat(shell.err()).isEmpty();
        assertThat(status).isZero();
        assertThat(shell.out()).contains("o-1");
    }

    @Test
    void filesAreNamedByTheEnvironment() {
        shell.set("ROLLCALL_CA", authorities());
        shell.set("ROLLCALL_CERT", files.certificate("web").toString());
        shell.set("ROLLCALL_KEY", files.key("web").toString());

        assertThat(discover()).isZero();
        assertThat(shell.out()).contains("o-1");
    }

    @Test
    void readinessIsAskedByThemAsWell() {
        shell.set("ROLLCALL_CA", authorities());
        shell.set("ROLLCALL_CERT", files.certificate("web").toString());
        shell.set("ROLLCALL_KEY", files.key("web").toString());

        assertThat(shell.run("ready", "--server", node.url())).isZero();
        shell.unset("ROLLCALL_CA");
        assertThat(shell.run("ready", "--server", node.url())).isEqualTo(ExitStatus.FAILURE);
        assertThat(shell.err()).contains("does not answer");
    }

    @Test
    void withoutThemNothingIsSent() {
        assertThat(discover()).isEqualTo(ExitStatus.FAILURE);
        assertThat(shell.err()).contains("TLS handshake failed");
        assertThat(discover("--ca", authorities())).isEqualTo(ExitStatus.FAILURE);
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void halfAPairAndFilesThatAreNotThereAreMistakes() {
        assertThat(discover("--cert", files.certificate("web").toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(shell.err()).contains("--cert and --key go together");
        assertThat(discover("--ca", "/nowhere.pem")).isEqualTo(ExitStatus.USAGE);
        assertThat(shell.err()).contains("/nowhere.pem");
    }
}
