package io.rollcall.server.config;

import io.rollcall.api.model.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a node, checked.
 *
 * @param node what it is
 * @param http how it serves clients
 * @param raft how it agrees with the others
 * @param requests how long requests are tried
 * @param leases how leases run out
 * @param checks whom the leader may check, and how many at once
 * @param history how much of the history is kept
 * @param configuration how much configuration is taken
 * @param watch how it tells of changes
 * @param canary how it measures that
 * @param log how it logs
 * @param access who may do what
 * @param limits how much callers may ask for
 * @param audit what is written down of who did what
 * @param tls how connections are protected
 * @param encryption what secrets are sealed with
 * @param effective every setting as it holds, by key, with where it was set; to be logged once
 */
public record ServerSettings(
        NodeSettings node,
        HttpSettings http,
        RaftSettings raft,
        RequestSettings requests,
        LeaseSettings leases,
        CheckSettings checks,
        HistorySettings history,
        ConfigurationSettings configuration,
        WatchSettings watch,
        CanarySettings canary,
        LogSettings log,
        AccessSettings access,
        LimitSettings limits,
        AuditSettings audit,
        TlsSettings tls,
        EncryptionSettings encryption,
        Map<String, String> effective) {

    /**
     * Reads the settings: an option beats the environment, which beats the file, which beats the default.
     *
     * @param options texts by key, such as {@code http}; {@code config} names the file
     * @param environment all variables of the process
     * @return the settings
     * @throws ConfigurationException naming every unknown key and every bad value
     */
    public static ServerSettings load(Map<String, String> options, Map<String, String> environment) {
        List<String> findings = new ArrayList<>();
        List<SettingSource> sources = new ArrayList<>();
        sources.add(SettingSource.options(options));
        sources.add(SettingSource.environment(environment, findings));
        String file = options.getOrDefault("config", environment.getOrDefault("ROLLCALL_CONFIG", ""));
        if (!file.isEmpty()) {
            sources.add(SettingSource.file(Path.of(file), findings));
        }
        ServerSettings settings = read(
                new SettingReader(sources, findings),
                Secret.of(environment.getOrDefault(EncryptionSettings.MASTER_KEY_VARIABLE, "")),
                findings);
        if (!findings.isEmpty()) {
            throw new ConfigurationException(findings.stream().distinct().toList());
        }
        return settings;
    }

    private static ServerSettings read(SettingReader reader, Secret masterKeys, List<String> findings) {
        NodeSettings node = new NodeSettings(
                reader.read(SettingTable.ID),
                reader.read(SettingTable.DATA),
                reader.read(SettingTable.INSECURE),
                reader.read(SettingTable.SHUTDOWN_TIMEOUT));
        RaftSettings raft = raft(reader, node.id(), findings);
        HttpSettings http = http(reader, raft.advertised());
        RequestSettings requests = new RequestSettings(
                reader.read(SettingTable.WRITE_DEADLINE),
                reader.read(SettingTable.READ_DEADLINE),
                reader.read(SettingTable.UNCONFIRMED_PERCENT));
        TlsSettings tls = TlsSettings.read(reader, findings);
        AclDefault aclDefault = AccessTable.effective(
                reader.read(AccessTable.ACL_DEFAULT),
                http.listen().isLoopback() && raft.listen().isLoopback());
        if (!node.insecure()) {
            requireDenial(http.listen(), aclDefault, findings);
            requireProtection("http", http.listen(), "--tls-certificate and --tls-key", tls.http(), findings);
            requireProtection("raft", raft.listen(), "--tls-raft-ca", tls.raft(), findings);
        }
        HistorySettings history = new HistorySettings(
                reader.read(SettingTable.HISTORY_RETENTION),
                reader.read(SettingTable.HISTORY_MAX_SIZE),
                reader.read(SettingTable.HISTORY_MAX_READ));
        return new ServerSettings(
                node,
                http,
                raft,
                requests,
                leases(reader),
                checks(reader, http),
                history,
                new ConfigurationSettings(
                        reader.read(SettingTable.CONFIGURATION_MAX_KEYS),
                        reader.read(SettingTable.CONFIGURATION_MAX_SIZE)),
                watch(reader),
                new CanarySettings(reader.read(SettingTable.CANARY_INTERVAL)),
                new LogSettings(reader.read(SettingTable.LOG_FORMAT)),
                new AccessSettings(
                        aclDefault, reader.read(AccessTable.BOOTSTRAP_TOKEN_FILE), OidcSettings.read(reader, findings)),
                LimitTable.limits(reader),
                LimitTable.audit(reader),
                tls,
                new EncryptionSettings(
                        reader.read(SettingTable.ENCRYPTION_KEYSET),
                        reader.read(SettingTable.ENCRYPTION_MASTER_KEY_FILE),
                        masterKeys),
                reader.effective());
    }

    private static LeaseSettings leases(SettingReader reader) {
        return new LeaseSettings(
                reader.read(SettingTable.BEAT_DEADLINE),
                reader.read(SettingTable.LEASE_GRACE),
                reader.read(SettingTable.EXPIRY_RATE),
                reader.read(SettingTable.EXPIRY_MAX_HOLD),
                reader.read(SettingTable.EXPIRY_GLOBAL_PERCENT),
                reader.read(SettingTable.EXPIRY_GLOBAL_MIN),
                reader.read(SettingTable.EXPIRY_SERVICE_PERCENT),
                reader.read(SettingTable.EXPIRY_SMALL_SERVICE));
    }

    private static void requireProtection(
            String what, HostPort listen, String remedy, @Nullable CertificateFiles tls, List<String> findings) {
        if (tls == null && !listen.isLoopback()) {
            findings.add("--" + what + " " + listen + " can be reached from other machines, without TLS; give " + remedy
                    + ", bind it to 127.0.0.1, or pass --insecure to accept that");
        }
    }

    private static void requireDenial(HostPort listen, AclDefault aclDefault, List<String> findings) {
        if (aclDefault == AclDefault.ALLOW && !listen.isLoopback()) {
            findings.add("--http " + listen + " can be reached from other machines, and --acl-default allow lets all of"
                    + " them change everything; leave it at deny, or pass --insecure to accept that");
        }
    }

    private static RaftSettings raft(SettingReader reader, String id, List<String> findings) {
        HostPort listen = reader.address(SettingTable.RAFT, SettingTable.RAFT_HOST, SettingTable.RAFT_PORT);
        List<Peer> peers = reader.read(SettingTable.PEERS);
        HostPort advertised = reader.read(SettingTable.ADVERTISE_RAFT)
                .orElseGet(() -> peers.stream()
                        .filter(peer -> peer.id().equals(id))
                        .map(Peer::raft)
                        .findFirst()
                        .orElse(listen));
        if (peers.isEmpty() && advertised.isWildcard()) {
            findings.add(
                    "--raft " + listen + " is no address to give to others; say one by --advertise-raft or --peers");
        }
        List<Peer> members = peers.isEmpty() ? List.of(new Peer(id, advertised)) : peers;
        if (members.stream().noneMatch(peer -> peer.id().equals(id))) {
            findings.add("--peers must name this member, '" + id + "' (--id), among its members");
        } else if (!members.contains(new Peer(id, advertised))) {
            findings.add("--advertise-raft " + advertised + " must equal the entry of '" + id + "' in --peers");
        }
        RaftSettings settings = new RaftSettings(
                listen,
                advertised,
                members,
                reader.read(SettingTable.ELECTION_TIMEOUT_MIN),
                reader.read(SettingTable.ELECTION_TIMEOUT_MAX),
                reader.read(SettingTable.SNAPSHOT_THRESHOLD),
                reader.read(SettingTable.SNAPSHOT_LOG_SIZE),
                reader.read(SettingTable.PURGE_PRESERVATION),
                reader.read(SettingTable.PURGE_PRESERVATION_SIZE),
                reader.read(SettingTable.SEGMENT_SIZE));
        if (settings.electionTimeoutMin().compareTo(settings.electionTimeoutMax()) >= 0) {
            findings.add("raft.election-timeout-min must be below raft.election-timeout-max");
        }
        return settings;
    }

    private static HttpSettings http(SettingReader reader, HostPort raftAdvertised) {
        HostPort listen = reader.address(SettingTable.HTTP, SettingTable.HTTP_HOST, SettingTable.HTTP_PORT);
        // Behind a wildcard the name under which the other members know this one is the best guess.
        HostPort guess = listen.isWildcard() ? raftAdvertised.withPort(listen.port()) : listen;
        return new HttpSettings(
                listen,
                reader.read(SettingTable.ADVERTISE_HTTP).orElse(guess),
                reader.read(SettingTable.HTTP_MAX_CONNECTIONS),
                reader.read(SettingTable.HTTP_MAX_THREADS),
                reader.read(SettingTable.HTTP_IDLE_TIMEOUT),
                reader.read(SettingTable.HTTP_BODY_TIMEOUT));
    }

    private static WatchSettings watch(SettingReader reader) {
        return new WatchSettings(
                reader.read(SettingTable.WATCH_MAX_STREAMS),
                reader.read(SettingTable.WATCH_MAX_BLOCKING_READS),
                reader.read(SettingTable.WATCH_SYNC_INTERVAL),
                reader.read(SettingTable.WATCH_WRITE_TIMEOUT),
                reader.read(SettingTable.WATCH_MAX_QUEUED_CHANGES),
                reader.read(SettingTable.WATCH_CONFIG_CHANGES));
    }

    private static CheckSettings checks(SettingReader reader, HttpSettings http) {
        return new CheckSettings(
                reader.read(SettingTable.CHECKS_ALLOW_LOOPBACK)
                        .orElseGet(() -> http.listen().isLoopback()),
                reader.read(SettingTable.CHECKS_ALLOW),
                reader.read(SettingTable.CHECKS_DENY),
                reader.read(SettingTable.CHECKS_CA_FILE),
                reader.read(SettingTable.CHECKS_MAX_CONCURRENT),
                reader.read(SettingTable.CHECKS_MAX_CONCURRENT_PER_TARGET));
    }
}
