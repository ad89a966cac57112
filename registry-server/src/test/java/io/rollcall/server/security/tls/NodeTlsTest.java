package io.rollcall.server.security.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rollcall.server.config.CertificateFiles;
import io.rollcall.server.config.ClientAuthentication;
import io.rollcall.server.config.TlsSettings;
import io.rollcall.server.security.FollowedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeTlsTest {

    private static TestAuthority authority;
    private static TestAuthority other;

    @TempDir
    Path folder;

    @BeforeAll
    static void authorities() throws Exception {
        authority = new TestAuthority("one");
        other = new TestAuthority("other");
    }

    private static TlsSettings settings(CertificateFiles http, CertificateFiles raft) {
        return new TlsSettings(http, ClientAuthentication.NONE, raft, Duration.ofHours(1));
    }

    @Test
    void withoutFilesThereIsNoTls() throws Exception {
        try (var tls = new NodeTls(settings(null, null), "n1")) {
            assertThat(tls.clients()).isNull();
            assertThat(tls.members()).isNull();
            assertThat(tls.certificates()).isEmpty();
        }
    }

    @Test
    void certificatesAreToldWithTheirEnd() throws Exception {
        var pair = authority.member("n1");
        var files = TestAuthority.write(folder, "n1", pair, authority);

        try (var tls = new NodeTls(settings(files, files), "n1")) {
            assertThat(tls.certificates()).extracting("listener").containsExactly("http", "raft");
            assertThat(tls.certificates()).allSatisfy(shown -> {
                assertThat(shown.subject()).isEqualTo("CN=n1");
                assertThat(shown.notAfter())
                        .isEqualTo(pair.certificate().getNotAfter().toInstant());
            });
        }
    }

    @Test
    void whatOthersWouldRefuseStopsTheStartOfAMember() throws Exception {
        refuses(authority.member("n2"), "not that of member n1", authority);
        refuses(authority.named("n1.example", "n1.server.rollcall.example"), "not that of member n1", authority);
        refuses(authority.named("*.server.rollcall"), "not that of member n1", authority);
        refuses(authority.member("n1"), "the other members would refuse", other);
        refuses(authority.member("n1", Duration.ofDays(-2), Duration.ofDays(-1)), "not good now", authority);
        refuses(authority.member("n1", Duration.ofDays(1), Duration.ofDays(2)), "not good now", authority);
    }

    private void refuses(TestAuthority.Pair pair, String why, TestAuthority trusted) throws Exception {
        var files = TestAuthority.write(folder, "n1", pair, trusted);

        assertThatThrownBy(() -> new NodeTls(settings(null, files), "n1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(files.certificate().toString());
    }

    @Test
    void filesThatCannotBeUsedAreNamed() throws Exception {
        var files = TestAuthority.write(folder, "n1", authority.member("n1"), authority);
        TestAuthority.replace(files.key(), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
        assertThatThrownBy(() -> new NodeTls(settings(files, null), "n1"))
                .hasMessageContaining(files.key().toString())
                .hasMessageContaining("openssl pkcs8");

        TestAuthority.replace(files.key(), "nothing");
        assertThatThrownBy(() -> new NodeTls(settings(files, null), "n1")).hasMessageContaining("no private key");

        Files.delete(files.key());
        assertThatThrownBy(() -> new NodeTls(settings(files, null), "n1"))
                .hasMessageContaining(files.key().toString());
    }

    @Test
    void halfAPairLeavesWhatWasThereAndTheOtherHalfIsTaken() throws Exception {
        var first = authority.member("n1");
        var second = authority.member("n1");
        var files = TestAuthority.write(folder, "n1", first, authority);
        var followed = new FollowedFiles<>(
                "certificates", TlsMaterial.files(files), contents -> TlsMaterial.load(files, contents));

        TestAuthority.replace(
                files.key(), TestAuthority.pem("PRIVATE KEY", second.key().getEncoded()));
        assertThat(followed.look()).isFalse();
        var half = TestAuthority.pem("CERTIFICATE", second.certificate().getEncoded());
        Files.writeString(files.certificate(), half.substring(0, half.length() / 2));
        assertThat(followed.look()).isFalse();
        Files.delete(files.certificate());
        assertThat(followed.look()).isFalse();
        assertThat(followed.present().chain()).isEqualTo(List.of(first.certificate()));

        Files.writeString(files.certificate(), half);

        assertThat(followed.look()).isTrue();
        assertThat(followed.present().chain()).isEqualTo(List.of(second.certificate()));
        assertThat(followed.look()).isFalse();
    }

    @Test
    void certificateThatIsNotGoodYetIsTakenOnceItIs() throws Exception {
        var first = authority.member("n1");
        var files = TestAuthority.write(folder, "n1", first, authority);
        var followed = new FollowedFiles<>(
                "certificates", TlsMaterial.files(files), contents -> TlsMaterial.load(files, contents));
        var next = authority.member("n1", Duration.ofSeconds(2), Duration.ofHours(1));

        TestAuthority.write(folder, "n1", next, authority);

        assertThat(followed.look()).isFalse();
        await().atMost(Duration.ofSeconds(20)).until(followed::look);
        assertThat(followed.present().chain()).isEqualTo(List.of(next.certificate()));
    }

    @Test
    void memberThatIsOfAnAuthorityNoMoreIsNotAdmitted() throws Exception {
        var files = TestAuthority.write(folder, "n1", authority.member("n1"), authority);
        var tls = new RaftTls(files, "n1");
        var peer = List.of(authority.member("n2").certificate());
        long before = tls.generation();
        tls.requireMember(peer);

        TestAuthority.write(folder, "n1", other.member("n1"), other);
        tls.look();

        assertThat(tls.generation()).isGreaterThan(before);
        assertThatThrownBy(() -> tls.requireMember(peer)).hasMessageContaining("path");
        tls.requireMember(List.of(other.member("n2").certificate()));
        assertThatThrownBy(() ->
                        tls.requireMember(List.of(other.named("n2.example").certificate())))
                .hasMessageContaining("is no member's");
    }
}
