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
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line and a node that wants a certificate, with files as {@code tls create} makes them. */
final class TlsConnectionTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
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
        Terminal terminal = new Terminal(
                new PrintWriter(out, true), new PrintWriter(err, true), InputStream.nullInputStream(), environment);
        return RollcallCommand.run(terminal, words.toArray(new String[0]));
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

        assertThat(err.toString()).isEmpty();
        assertThat(status).isZero();
        assertThat(out.toString()).contains("o-1");
    }

    @Test
    void filesAreNamedByTheEnvironment() {
        environment.put("ROLLCALL_CA", authorities());
        environment.put("ROLLCALL_CERT", files.certificate("web").toString());
        environment.put("ROLLCALL_KEY", files.key("web").toString());

        assertThat(discover()).isZero();
        assertThat(out.toString()).contains("o-1");
    }

    @Test
    void readinessIsAskedByThemAsWell() {
        environment.put("ROLLCALL_CA", authorities());
        environment.put("ROLLCALL_CERT", files.certificate("web").toString());
        environment.put("ROLLCALL_KEY", files.key("web").toString());
        Terminal terminal = new Terminal(
                new PrintWriter(out, true), new PrintWriter(err, true), InputStream.nullInputStream(), environment);

        assertThat(RollcallCommand.run(terminal, "ready", "--server", node.url()))
                .isZero();
        environment.remove("ROLLCALL_CA");
        assertThat(RollcallCommand.run(terminal, "ready", "--server", node.url()))
                .isEqualTo(ExitStatus.FAILURE);
        assertThat(err.toString()).contains("does not answer");
    }

    @Test
    void withoutThemNothingIsSent() {
        assertThat(discover()).isEqualTo(ExitStatus.FAILURE);
        assertThat(err.toString()).contains("TLS handshake failed");
        assertThat(discover("--ca", authorities())).isEqualTo(ExitStatus.FAILURE);
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void halfAPairAndFilesThatAreNotThereAreMistakes() {
        assertThat(discover("--cert", files.certificate("web").toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains("--cert and --key go together");
        assertThat(discover("--ca", "/nowhere.pem")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains("/nowhere.pem");
    }
}
