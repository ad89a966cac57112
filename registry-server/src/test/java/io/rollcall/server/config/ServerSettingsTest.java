package io.rollcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerSettingsTest {

    @TempDir
    Path folder;

    @Test
    void defaultsAreAOneNodeClusterOnLoopback() {
        var settings = ServerSettings.load(Map.of(), Map.of());

        var address = new HostPort("127.0.0.1", 8300);
        assertThat(settings.node()).isEqualTo(new NodeSettings("n1", Path.of("./data"), false, Duration.ofSeconds(8)));
        assertThat(settings.http())
                .isEqualTo(new HttpSettings(
                        new HostPort("127.0.0.1", 8500),
                        new HostPort("127.0.0.1", 8500),
                        50_000,
                        64,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(10)));
        assertThat(settings.raft())
                .isEqualTo(new RaftSettings(
                        address,
                        address,
                        List.of(new Peer("n1", address)),
                        Duration.ofMillis(300),
                        Duration.ofMillis(600),
                        100_000,
                        256L << 20,
                        200_000,
                        1L << 30,
                        64 << 20));
        assertThat(settings.requests())
                .isEqualTo(new RequestSettings(Duration.ofSeconds(5), Duration.ofSeconds(5), 30));
        assertThat(settings.checks()).isEqualTo(new CheckSettings(true, List.of(), List.of(), List.of(), 512, 4));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8500, 127.0.0.1:8300, auto, ALLOW",
        "0.0.0.0:8500, 127.0.0.1:8300, auto, DENY",
        "127.0.0.1:8500, 10.0.0.1:8300, auto, DENY",
        "0.0.0.0:8500, 127.0.0.1:8300, allow, ALLOW",
        "127.0.0.1:8500, 127.0.0.1:8300, deny, DENY",
    })
    void whoShowsNoTokenIsAllowedSomethingOnlyWhereNobodyElseReachesANode(
            String http, String raft, String acl, AclDefault expected) {
        var settings = ServerSettings.load(
                Map.of("http", http, "raft", raft, "acl-default", acl, "insecure", "true"), Map.of());

        assertThat(settings.access()).isEqualTo(new AccessSettings(expected, Optional.empty(), Optional.empty()));
    }

    @Test
    void everySettingCanBeSetByItsEnvironmentVariable() {
        var values = new HashMap<String, String>();
        Stream.concat(SettingTable.OPTIONS.stream(), SettingTable.TUNABLES.stream())
                .filter(setting -> !List.of("http", "raft").contains(setting.key()))
                .forEach(setting -> values.put(setting.environmentVariable(), setting.defaultText()));
        values.put("ROLLCALL_ID", "n7");
        values.put("ROLLCALL_HTTP_MAX_THREADS", "9");

        var settings = ServerSettings.load(Map.of(), values);

        assertThat(settings.node().id()).isEqualTo("n7");
        assertThat(settings.http().maxThreads()).isEqualTo(9);
        assertThat(settings.effective().values()).allMatch(text -> text.endsWith("(environment)"));
        assertThat(settings.effective())
                .hasSize(SettingTable.OPTIONS.size() + SettingTable.TUNABLES.size() - 2)
                .containsEntry("http.max-threads", "9 (environment)");
    }

    @Test
    void optionBeatsEnvironmentBeatsFile() throws Exception {
        var file = write("""
                id = from-file
                data = /from/file
                http { port = 1000, idle-timeout = 5s }
                raft.snapshot-threshold = 1000
                """);

        var settings = ServerSettings.load(
                Map.of("config", file, "id", "from-option"),
                Map.of("ROLLCALL_ID", "from-environment", "ROLLCALL_DATA", "/from/environment"));

        assertThat(settings.node().id()).isEqualTo("from-option");
        assertThat(settings.node().data()).isEqualTo(Path.of("/from/environment"));
        assertThat(settings.http().listen()).isEqualTo(new HostPort("127.0.0.1", 1000));
        assertThat(settings.http().idleTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.raft().snapshotThreshold()).isEqualTo(1000);
    }

    @Test
    void limitsOfTheLogAreMappedEachToItsOwn() {
        var settings = ServerSettings.load(
                Map.of(),
                Map.of(
                        "ROLLCALL_RAFT_SNAPSHOT_THRESHOLD", "101",
                        "ROLLCALL_RAFT_SNAPSHOT_LOG_SIZE", "2MiB",
                        "ROLLCALL_RAFT_PURGE_PRESERVATION", "3",
                        "ROLLCALL_RAFT_PURGE_PRESERVATION_SIZE", "4MiB",
                        "ROLLCALL_RAFT_SEGMENT_SIZE", "5MiB"));

        assertThat(settings.raft().snapshotThreshold()).isEqualTo(101);
        assertThat(settings.raft().snapshotLogBytes()).isEqualTo(2 << 20);
        assertThat(settings.raft().purgePreservation()).isEqualTo(3);
        assertThat(settings.raft().purgePreservationBytes()).isEqualTo(4 << 20);
        assertThat(settings.raft().segmentSizeBytes()).isEqualTo(5 << 20);
    }

    @Test
    void leasesAreMappedEachToItsOwn() {
        assertThat(ServerSettings.load(Map.of(), Map.of()).leases())
                .isEqualTo(new LeaseSettings(
                        Duration.ofSeconds(3), Duration.ofSeconds(2), 200, Duration.ofMinutes(5), 15, 20, 50, 3));

        var settings = ServerSettings.load(
                Map.of(),
                Map.of(
                        "ROLLCALL_LEASES_BEAT_DEADLINE", "700ms",
                        "ROLLCALL_LEASES_GRACE", "1s",
                        "ROLLCALL_EXPIRY_RATE", "2",
                        "ROLLCALL_EXPIRY_MAX_HOLD", "3m",
                        "ROLLCALL_EXPIRY_GLOBAL_PERCENT", "4",
                        "ROLLCALL_EXPIRY_GLOBAL_MIN", "5",
                        "ROLLCALL_EXPIRY_SERVICE_PERCENT", "6",
                        "ROLLCALL_EXPIRY_SMALL_SERVICE", "7"));

        assertThat(settings.leases())
                .isEqualTo(new LeaseSettings(
                        Duration.ofMillis(700), Duration.ofSeconds(1), 2, Duration.ofMinutes(3), 4, 5, 6, 7));
    }

    @Test
    void logIsMapped() {
        assertThat(ServerSettings.load(Map.of(), Map.of()).log()).isEqualTo(new LogSettings(LogFormat.AUTO));
        assertThat(ServerSettings.load(Map.of(), Map.of("ROLLCALL_LOG_FORMAT", "json"))
                        .log())
                .isEqualTo(new LogSettings(LogFormat.JSON));
        assertThatThrownBy(() -> ServerSettings.load(Map.of(), Map.of("ROLLCALL_LOG_FORMAT", "xml")))
                .hasMessageContaining("must be auto, text or json");
    }

    @Test
    void canaryIsMapped() {
        assertThat(ServerSettings.load(Map.of(), Map.of()).canary())
                .isEqualTo(new CanarySettings(Duration.ofSeconds(30)));
        assertThat(ServerSettings.load(Map.of(), Map.of("ROLLCALL_CANARY_INTERVAL", "0s"))
                        .canary())
                .isEqualTo(new CanarySettings(Duration.ZERO));
    }

    @Test
    void watchesAreMappedEachToItsOwn() {
        assertThat(ServerSettings.load(Map.of(), Map.of()).watch()).isEqualTo(WatchSettings.DEFAULT);

        var settings = ServerSettings.load(
                Map.of(),
                Map.of(
                        "ROLLCALL_WATCH_MAX_STREAMS", "1",
                        "ROLLCALL_WATCH_MAX_BLOCKING_READS", "2",
                        "ROLLCALL_WATCH_SYNC_INTERVAL", "3s",
                        "ROLLCALL_WATCH_WRITE_TIMEOUT", "4s",
                        "ROLLCALL_WATCH_MAX_QUEUED_CHANGES", "500",
                        "ROLLCALL_WATCH_CONFIG_CHANGES", "600"));

        assertThat(settings.watch())
                .isEqualTo(new WatchSettings(1, 2, Duration.ofSeconds(3), Duration.ofSeconds(4), 500, 600));
    }

    @Test
    void historyIsMappedEachToItsOwn() {
        assertThat(ServerSettings.load(Map.of(), Map.of()).history())
                .isEqualTo(new HistorySettings(Duration.ofDays(7), 2L * 1024 * 1024 * 1024, 500_000));

        var settings = ServerSettings.load(
                Map.of(),
                Map.of(
                        "ROLLCALL_HISTORY_RETENTION", "36h",
                        "ROLLCALL_HISTORY_MAX_SIZE", "5MiB",
                        "ROLLCALL_HISTORY_MAX_READ", "1001"));

        assertThat(settings.history()).isEqualTo(new HistorySettings(Duration.ofHours(36), 5L * 1024 * 1024, 1_001));
    }

    @Test
    void limitsOfTheConfigurationAreMappedEachToItsOwn() {
        assertThat(ServerSettings.load(Map.of(), Map.of()).configuration())
                .isEqualTo(new ConfigurationSettings(1_000_000, 4L << 30));

        var settings = ServerSettings.load(
                Map.of(), Map.of("ROLLCALL_CONFIGURATION_MAX_KEYS", "7", "ROLLCALL_CONFIGURATION_MAX_SIZE", "5MiB"));

        assertThat(settings.configuration()).isEqualTo(new ConfigurationSettings(7, 5 << 20));
    }

    @Test
    void checksAreMappedEachToItsOwn() {
        var settings = ServerSettings.load(
                Map.of(),
                Map.of(
                        "ROLLCALL_CHECKS_ALLOW_LOOPBACK", "false",
                        "ROLLCALL_CHECKS_ALLOW", "10.0.0.0/8, 2001:db8::/32",
                        "ROLLCALL_CHECKS_DENY", "10.1.2.3",
                        "ROLLCALL_CHECKS_MAX_CONCURRENT", "7",
                        "ROLLCALL_CHECKS_MAX_CONCURRENT_PER_TARGET", "2"));

        assertThat(settings.checks())
                .isEqualTo(new CheckSettings(
                        false,
                        List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("2001:db8::/32")),
                        List.of(AddressRange.parse("10.1.2.3/32")),
                        List.of(),
                        7,
                        2));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8500, auto, true",
        "[::1]:8500, auto, true",
        "0.0.0.0:8500, auto, false",
        "10.0.0.1:8500, auto, false",
        "0.0.0.0:8500, true, true",
        "127.0.0.1:8500, false, false"
    })
    void loopbackMayBeCheckedWhereClientsAreServedOnLoopbackAlone(String listen, String text, boolean allowed) {
        var settings = ServerSettings.load(
                Map.of("http", listen, "raft", "127.0.0.1:8300", "insecure", "true", "advertise-http", "h:1"),
                Map.of("ROLLCALL_CHECKS_ALLOW_LOOPBACK", text));

        assertThat(settings.checks().allowLoopback()).isEqualTo(allowed);
    }

    @Test
    void partOfAnAddressBeatsTheWholeOfAWeakerSource() throws Exception {
        var file = write("http = \"[::1]:9000\"");

        var settings = ServerSettings.load(Map.of(), Map.of("ROLLCALL_CONFIG", file, "ROLLCALL_HTTP_PORT", "9001"));

        assertThat(settings.http().listen()).isEqualTo(new HostPort("::1", 9001));
        assertThat(settings.http().listen()).hasToString("[::1]:9001");
    }

    @Test
    void everyFindingIsNamedAtOnce() throws Exception {
        var file = write("""
                htp.port = 1
                insecure = perhaps
                """);

        assertThatThrownBy(() -> ServerSettings.load(
                        Map.of("config", file, "http", "nonsense"),
                        Map.of("ROLLCALL_RAFT_SEGMENT_SIZE", "3", "ROLLCALL_HTPP_PORT", "1")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("unknown key 'htp.port' in " + file + " (line 1)")
                .hasMessageContaining("'insecure' in " + file + " 'perhaps': must be true or false")
                .hasMessageContaining("--http 'nonsense': must be HOST:PORT")
                .hasMessageContaining("unknown environment variable ROLLCALL_HTPP_PORT")
                .hasMessageContaining("ROLLCALL_RAFT_SEGMENT_SIZE '3': must be a whole number with a unit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "http; 0.0.0.0:8500; bind it to 127.0.0.1, or pass --insecure",
                "http; :66000; with a port of 0 to 65535",
                "http; a/b:1; must be HOST:PORT",
                "raft; 10.0.0.1:8300; can be reached from other machines",
                "tls-certificate; c.pem; go together",
                "tls-key; k.pem; go together",
                "tls-client-ca; ca.pem; does nothing unless",
                "tls-client-auth; need; needs tls-certificate",
                "tls-client-auth; maybe; must be none, want or need",
                "tls-raft-ca; ca.pem; needs a certificate to show",
                "tls-raft-key; k.pem; go together",
                "tls.connection-max-age; 1s; must be 5s to 168h",
                "peers; n2=127.0.0.1:1; must name this member, 'n1'",
                "peers; n1=127.0.0.1:1,n1=127.0.0.1:2; twice",
                "peers; n1=127.0.0.1:1,n2=127.0.0.1:1; twice",
                "peers; n1; must be ID=HOST:PORT",
                "peers; n1=0.0.0.0:1; addresses that others can reach",
                "peers; a=h:1,b=h:2,c=h:3,d=h:4,e=h:5,f=h:6,g=h:7,h=h:8,i=h:9,n1=h:10; at most 9",
                "advertise-raft; 0.0.0.0:1; must be an address that others can reach",
                "id; -n; must be 1 to 64 characters",
                "raft.election-timeout-min; 2s; must be below raft.election-timeout-max",
                "http.max-threads; 7; must be a whole number of 8 to 4096",
                "requests.write-deadline; 5; must be a whole number with a unit",
                "requests.write-deadline; 2h; must be 100ms to 1m",
                "leases.grace; 100ms; must be 500ms to 1m",
                "expiry.rate; 0; must be a whole number of 1 to 100000",
                "expiry.max-hold; 25h; must be 1s to 24h",
                "expiry.global-percent; 0; must be a whole number of 1 to 100",
                "checks.allow-loopback; yes; must be auto, true or false",
                "checks.allow; 10.0.0.0/33; is no prefix length there",
                "checks.allow; 10.0.0.1/8; names an address inside of a block",
                "checks.deny; 10.0.0.0/8,; '' is none",
                "checks.deny; example.com; 'example.com' is none",
                "checks.ca-file; /nowhere; must be a PEM file with certificates",
                "checks.ca-file; /dev/null; there is none in it",
                "checks.max-concurrent; 0; must be a whole number of 1 to 10000",
                "history.retention; 500ms; must be 1s to 87600h",
                "history.max-read; 999; must be a whole number of 1000 to 100000000",
                "history.max-size; 1KiB; must be 64KiB to 1024GiB",
                "config; /nowhere; must be a file that can be read",
            })
    void badValueStopsTheStart(String key, String text, String message) {
        assertThatThrownBy(() -> ServerSettings.load(Map.of(key, text), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void tlsIsMappedEachToItsOwn() {
        assertThat(ServerSettings.load(Map.of(), Map.of()).tls())
                .isEqualTo(new TlsSettings(null, ClientAuthentication.NONE, null, Duration.ofHours(1)));

        var settings = ServerSettings.load(
                Map.of("tls-certificate", "c", "tls-key", "k", "tls-client-ca", "ca", "tls-client-auth", "want"),
                Map.of(
                        "ROLLCALL_TLS_RAFT_CERTIFICATE", "rc",
                        "ROLLCALL_TLS_RAFT_KEY", "rk",
                        "ROLLCALL_TLS_RAFT_CA", "rca",
                        "ROLLCALL_TLS_CONNECTION_MAX_AGE", "30s"));

        assertThat(settings.tls())
                .isEqualTo(new TlsSettings(
                        new CertificateFiles(Path.of("c"), Path.of("k"), Path.of("ca")),
                        ClientAuthentication.WANT,
                        new CertificateFiles(Path.of("rc"), Path.of("rk"), Path.of("rca")),
                        Duration.ofSeconds(30)));
    }

    @Test
    void membersShowTheCertificateOfClientsUnlessTheyHaveOneOfTheirOwn() {
        var pair = Map.of("tls-certificate", "c", "tls-key", "k");

        assertThat(ServerSettings.load(pair, Map.of()).tls().raft()).isNull();
        assertThat(ServerSettings.load(pair, Map.of("ROLLCALL_TLS_RAFT_CA", "rca"))
                        .tls()
                        .raft())
                .isEqualTo(new CertificateFiles(Path.of("c"), Path.of("k"), Path.of("rca")));
    }

    @Test
    void listenersBeyondLoopbackEachNeedTlsOfTheirOwn() {
        var open = Map.of("http", "10.0.0.1:8500", "raft", "10.0.0.1:8300");
        var http = Map.of("ROLLCALL_TLS_CERTIFICATE", "c", "ROLLCALL_TLS_KEY", "k");

        assertThatThrownBy(() -> ServerSettings.load(open, Map.of()))
                .hasMessageContaining("--http 10.0.0.1:8500")
                .hasMessageContaining("--raft 10.0.0.1:8300");
        assertThatThrownBy(() -> ServerSettings.load(open, http))
                .hasMessageContaining("--raft 10.0.0.1:8300")
                .hasMessageContaining("--tls-raft-ca");
        var both = new HashMap<>(http);
        both.put("ROLLCALL_TLS_RAFT_CA", "ca");
        assertThat(ServerSettings.load(open, both).access().byDefault()).isEqualTo(AclDefault.DENY);
        both.put("ROLLCALL_ACL_DEFAULT", "allow");
        assertThatThrownBy(() -> ServerSettings.load(open, both)).hasMessageContaining("--acl-default allow");
        both.put("ROLLCALL_INSECURE", "true");
        assertThat(ServerSettings.load(open, both).access().byDefault()).isEqualTo(AclDefault.ALLOW);
    }

    @Test
    void ownEntryOfThePeersIsWhatOthersAreTold() {
        var settings = ServerSettings.load(
                Map.of(
                        "id", "n2",
                        "insecure", "true",
                        "http", "0.0.0.0:8500",
                        "raft", "0.0.0.0:8300",
                        "peers", "n3=c:8300,n1=a:8300, n2=b:8301"),
                Map.of());

        assertThat(settings.raft().peers()).extracting(Peer::id).containsExactly("n1", "n2", "n3");
        assertThat(settings.raft().advertised()).isEqualTo(new HostPort("b", 8301));
        assertThat(settings.http().advertised()).isEqualTo(new HostPort("b", 8500));
    }

    @Test
    void variablesOfKubernetesAreNobodysTypingMistake() {
        var settings = ServerSettings.load(
                Map.of(),
                Map.of(
                        "ROLLCALL_SERVICE_HOST", "10.0.0.1",
                        "ROLLCALL_PORT", "tcp://10.0.0.1:8500",
                        "ROLLCALL_PORT_8500_TCP_ADDR", "10.0.0.1",
                        "ROLLCALL_HTTP_PORT", "tcp://10.0.0.1:8500"));

        assertThat(settings.http().listen().port()).isEqualTo(8500);
    }

    private String write(String text) throws Exception {
        return Files.writeString(folder.resolve("rollcall.conf"), text).toString();
    }

    @Test
    void masterKeyOfTheEnvironmentIsNotAmongTheSettingsThatAreLogged() {
        var settings = ServerSettings.load(
                Map.of("encryption-keyset", "/keys/keyset.json"),
                Map.of(EncryptionSettings.MASTER_KEY_VARIABLE, "c2VjcmV0"));

        assertThat(settings.encryption().masterKeyText().reveal()).isEqualTo("c2VjcmV0");
        assertThat(settings.encryption().keyset()).contains(Path.of("/keys/keyset.json"));
        assertThat(settings.effective()).containsEntry("encryption-keyset", "/keys/keyset.json (option)");
        assertThat(settings.effective().toString()).doesNotContain("c2VjcmV0");
        assertThat(settings.toString()).doesNotContain("c2VjcmV0");
    }

    @Test
    void nothingIsSealedUnlessTold() {
        assertThat(ServerSettings.load(Map.of(), Map.of()).encryption()).isEqualTo(EncryptionSettings.NONE);
    }
}
