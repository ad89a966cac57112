package io.rollcall.server.config;

import static io.rollcall.server.config.SettingParsers.duration;
import static io.rollcall.server.config.SettingParsers.integer;
import static io.rollcall.server.config.SettingParsers.size;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All settings of a node. The help, the file's keys and the environment variables all come from here. */
final class SettingTable {

    static final Setting<String> ID = new Setting<>(
            "id", "ID", "n1", Peer::parseId, "This member's id; unique in the cluster and never changed afterwards.");

    static final Setting<Path> DATA = new Setting<>(
            "data",
            "DIR",
            "./data",
            Path::of,
            "The member's data folder; created if missing. Two processes must never share one.");

    static final Setting<HostPort> HTTP = new Setting<>("http", "HOST:PORT", "127.0.0.1:8500", HostPort::parse, """
                    Where clients are served. In file and environment also as http.host and http.port; port 0 takes any \
                    that is free.""");

    static final Setting<String> HTTP_HOST = new Setting<>(
            "http.host", "HOST", "127.0.0.1", text -> text, "The host of --http; 0.0.0.0 listens on all addresses.");

    static final Setting<Integer> HTTP_PORT =
            new Setting<>("http.port", "PORT", "8500", integer(0, 65_535), "The port of --http.");

    static final Setting<HostPort> RAFT = new Setting<>("raft", "HOST:PORT", "127.0.0.1:8300", HostPort::parse, """
                    Where the other members are served. In file and environment also as raft.host and raft.port.""");

    static final Setting<String> RAFT_HOST =
            new Setting<>("raft.host", "HOST", "127.0.0.1", text -> text, "The host of --raft.");

    static final Setting<Integer> RAFT_PORT =
            new Setting<>("raft.port", "PORT", "8300", integer(1, 65_535), "The port of --raft.");

    static final Setting<List<Peer>> PEERS = new Setting<>("peers", "ID=HOST:PORT,...", "", Peer::parseAll, """
                    The founding members' Raft addresses, itself among them; the same list at each member, in any order. \
                    Without it the member founds a cluster of its own.""");

    static final Setting<Optional<HostPort>> ADVERTISE_HTTP = new Setting<>(
            "advertise-http",
            "HOST:PORT",
            "",
            SettingTable::optionalAddress,
            "Where clients reach this member, if that is not where it listens; told by /api/v1/cluster.");

    static final Setting<Optional<HostPort>> ADVERTISE_RAFT = new Setting<>(
            "advertise-raft",
            "HOST:PORT",
            "",
            SettingTable::optionalAddress,
            "Where the other members reach this one, if that is not where it listens; its own entry of --peers says the same.");

    static final Setting<Boolean> INSECURE = new Setting<>("insecure", "", "false", SettingParsers::flag, """
                    Accept listeners beyond loopback although they are without TLS or ask nobody for a token: whoever \
                    reaches them can then change everything.""");

    static final Setting<Duration> SHUTDOWN_TIMEOUT = new Setting<>(
            "shutdown-timeout",
            "DURATION",
            "8s",
            duration(Duration.ofSeconds(1), Duration.ofSeconds(10)),
            "How long a stop may take; too short cuts requests off, too long outlasts the patience of whoever stops it.");

    static final Setting<Integer> HTTP_MAX_CONNECTIONS = new Setting<>(
            "http.max-connections",
            "NUMBER",
            "50000",
            integer(10, 1_000_000),
            "Open connections; too few makes clients wait to connect, too many may end in a lack of file descriptors.");

    static final Setting<Integer> HTTP_MAX_THREADS = new Setting<>(
            "http.max-threads",
            "NUMBER",
            "64",
            integer(8, 4_096),
            "Threads that handle requests; none waits for Raft. Too few leave cores idle, too many switch contexts.");

    static final Setting<Duration> HTTP_IDLE_TIMEOUT = new Setting<>(
            "http.idle-timeout",
            "DURATION",
            "60s",
            duration(Duration.ofSeconds(1), Duration.ofHours(1)),
            "How long a connection may be silent; too short makes clients reconnect, too long keeps dead ones open.");

    static final Setting<Duration> HTTP_BODY_TIMEOUT = new Setting<>(
            "http.body-timeout",
            "DURATION",
            "10s",
            duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
            "How long a request's body may take to arrive; too short refuses slow links, too long lets them hold memory.");

    static final Setting<Duration> WRITE_DEADLINE = new Setting<>(
            "requests.write-deadline",
            "DURATION",
            "5s",
            duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
            "How long a write is tried; too short fails writes during elections, too long outlasts the callers' patience.");

    static final Setting<Duration> READ_DEADLINE = new Setting<>(
            "requests.read-deadline",
            "DURATION",
            "5s",
            duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
            "How long a linearizable read or minIndex is waited for; too short fails reads during elections.");

    static final Setting<Integer> UNCONFIRMED_PERCENT =
            new Setting<>("requests.unconfirmed-percent", "NUMBER", "30", integer(1, 100), """
                    The share of a service of more than 3 instances that one deregistration may remove without \
                    confirm=true; 100 asks never.""");

    static final Setting<Duration> ELECTION_TIMEOUT_MIN = new Setting<>(
            "raft.election-timeout-min",
            "DURATION",
            "300ms",
            duration(Duration.ofMillis(50), Duration.ofSeconds(30)),
            """
                    Shortest silence of a leader before a follower stands for election; too short makes pauses \
                    depose leaders, too long delays writes after a leader's death.""");

    static final Setting<Duration> ELECTION_TIMEOUT_MAX = new Setting<>(
            "raft.election-timeout-max",
            "DURATION",
            "600ms",
            duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
            "Longest such silence; too close to the shortest lets members stand at once and split the votes.");

    static final Setting<Integer> SNAPSHOT_THRESHOLD = new Setting<>(
            "raft.snapshot-threshold",
            "NUMBER",
            "100000",
            integer(100, 100_000_000),
            "Log entries between snapshots; too few spends disk on snapshots, too many makes restarts replay long.");

    static final Setting<Long> SNAPSHOT_LOG_SIZE =
            new Setting<>("raft.snapshot-log-size", "SIZE", "256MiB", size("64KiB", "64GiB"), """
                    What the log grows between snapshots, should raft.snapshot-threshold not come first; too little spends \
                    disk on snapshots, too much makes restarts replay long.""");

    static final Setting<Integer> PURGE_PRESERVATION = new Setting<>(
            "raft.purge-preservation",
            "NUMBER",
            "200000",
            integer(0, 100_000_000),
            "Log entries kept behind a snapshot; too few sends whole snapshots to members that were away shortly.");

    static final Setting<Long> PURGE_PRESERVATION_SIZE =
            new Setting<>("raft.purge-preservation-size", "SIZE", "1GiB", size("0B", "1024GiB"), """
                    What is kept of the log behind a snapshot, should raft.purge-preservation allow more; must hold what is \
                    written while a member is sent a snapshot, or it needs another one.""");

    static final Setting<Long> SEGMENT_SIZE = new Setting<>(
            "raft.segment-size",
            "SIZE",
            "64MiB",
            size("64KiB", "1GiB"),
            "Size of one log file; too small rolls often, too large keeps more on disk than needed.");

    static final Setting<Duration> BEAT_DEADLINE = new Setting<>(
            "leases.beat-deadline", "DURATION", "3s", duration(Duration.ofMillis(100), Duration.ofMinutes(1)), """
                    How long a heartbeat looks for a leader that confirms it; too short fails beats during elections, too \
                    long keeps clients with short leases from trying another node in time.""");

    static final Setting<Duration> LEASE_GRACE = new Setting<>(
            "leases.grace", "DURATION", "2s", duration(Duration.ofMillis(500), Duration.ofMinutes(1)), """
                    What every lease gets on top of its ttl after an election; too short expires who could not reach a \
                    leader meanwhile, too long keeps the dead.""");

    static final Setting<Integer> EXPIRY_RATE = new Setting<>(
            "expiry.rate",
            "NUMBER",
            "200",
            integer(1, 100_000),
            "Leases that lapse and instances that are removed in a second; too few keeps the dead, too many floods watchers.");

    static final Setting<Duration> EXPIRY_MAX_HOLD = new Setting<>(
            "expiry.max-hold", "DURATION", "5m", duration(Duration.ofSeconds(1), Duration.ofHours(24)), """
                    The longest that overdue instances are held back because too many are; too short empties services \
                    by a fault of our own, too long returns the dead.""");

    static final Setting<Integer> EXPIRY_GLOBAL_PERCENT =
            new Setting<>("expiry.global-percent", "NUMBER", "15", integer(1, 100), """
                    The share of all leases beyond which late ones make the leader doubt itself and hold what is overdue; \
                    100 holds never.""");

    static final Setting<Integer> EXPIRY_GLOBAL_MIN = new Setting<>(
            "expiry.global-min",
            "NUMBER",
            "20",
            integer(1, 1_000_000),
            "Late leases that expiry.global-percent needs at least; too few holds small fleets for nothing.");

    static final Setting<Integer> EXPIRY_SERVICE_PERCENT =
            new Setting<>("expiry.service-percent", "NUMBER", "50", integer(1, 100), """
                    The share of one service's leases beyond which late ones make the leader hold its overdue ones; \
                    100 holds never.""");

    static final Setting<Integer> EXPIRY_SMALL_SERVICE = new Setting<>(
            "expiry.small-service",
            "NUMBER",
            "3",
            integer(0, 1_000),
            "Services of so many instances or fewer are exempt from expiry.service-percent.");

    static final Setting<Optional<Boolean>> CHECKS_ALLOW_LOOPBACK =
            new Setting<>("checks.allow-loopback", "auto|true|false", "auto", SettingParsers::autoOrFlag, """
                    Whether instances on loopback may be checked; auto means if clients are served on loopback alone. \
                    true lets whoever may register reach services that only this machine should.""");

    static final Setting<List<AddressRange>> CHECKS_ALLOW =
            new Setting<>("checks.allow", "CIDR,...", "", AddressRange::parseAll, """
                    The only blocks of addresses that may be checked; empty means all that are not denied.""");

    static final Setting<List<AddressRange>> CHECKS_DENY =
            new Setting<>("checks.deny", "CIDR,...", "", AddressRange::parseAll, """
                    Blocks that must not be checked, stronger than those allowed; link-local, multicast and metadata \
                    addresses and the members' own never are.""");

    static final Setting<List<X509Certificate>> CHECKS_CA_FILE =
            new Setting<>("checks.ca-file", "FILE", "", SettingParsers::certificates, """
                    A PEM file of authorities that HTTPS checks trust beside those of the system.""");

    static final Setting<Integer> CHECKS_MAX_CONCURRENT = new Setting<>(
            "checks.max-concurrent",
            "NUMBER",
            "512",
            integer(1, 10_000),
            "Checks under way in all; too few makes checks late when many targets are silent, too many costs descriptors.");

    static final Setting<Integer> CHECKS_MAX_CONCURRENT_PER_TARGET = new Setting<>(
            "checks.max-concurrent-per-target",
            "NUMBER",
            "4",
            integer(1, 1_000),
            "Checks under way at one host; too few makes checks late where many instances share it, too many burdens it.");

    static final Setting<Duration> HISTORY_RETENTION = new Setting<>(
            "history.retention", "DURATION", "168h", duration(Duration.ofSeconds(1), Duration.ofDays(3_650)), """
                    How long the history of instances is kept; too short forgets what an operator wants to look up, too \
                    long fills the disk up to history.max-size. The leader's holds for all members.""");

    static final Setting<Long> HISTORY_MAX_SIZE =
            new Setting<>("history.max-size", "SIZE", "2GiB", size("64KiB", "1024GiB"), """
                    What the history may take, before compression; beyond it the oldest goes earlier. Too small forgets \
                    what a watcher needs to resume, too large makes snapshots long to send.""");

    static final Setting<Integer> HISTORY_MAX_READ =
            new Setting<>("history.max-read", "NUMBER", "500000", integer(1_000, 100_000_000), """
                    Instances and events that one question about the past may read; too few refuses to look far back over \
                    busy services, too many lets one question hold up the others for long.""");

    static final Setting<Integer> CONFIGURATION_MAX_KEYS = new Setting<>(
            "configuration.max-keys",
            "NUMBER",
            "1000000",
            integer(1, 100_000_000),
            "Configuration keys of a namespace; too few refuses new ones, too many takes memory, some 250 bytes each.");

    static final Setting<Long> CONFIGURATION_MAX_SIZE =
            new Setting<>("configuration.max-size", "SIZE", "4GiB", size("64KiB", "1024GiB"), """
                    What all versions of all configuration keys may take, before compression; too small refuses new values, \
                    too large makes snapshots long to send.""");

    static final Setting<Integer> WATCH_MAX_STREAMS = new Setting<>(
            "watch.max-streams",
            "NUMBER",
            "20000",
            integer(1, 1_000_000),
            "Watch streams at a time; too few refuses watchers, too many may end in a lack of memory or descriptors.");

    static final Setting<Integer> WATCH_MAX_BLOCKING_READS = new Setting<>(
            "watch.max-blocking-reads",
            "NUMBER",
            "20000",
            integer(1, 1_000_000),
            "Blocking reads that wait at a time; too few refuses readers, too many may end in a lack of memory.");

    static final Setting<Duration> WATCH_SYNC_INTERVAL = new Setting<>(
            "watch.sync-interval", "DURATION", "10s", duration(Duration.ofSeconds(1), Duration.ofMinutes(5)), """
                    How often a quiet stream says that it is alive, and how far; too short keeps idle clients busy, too \
                    long lets them take a dead stream for a quiet one.""");

    static final Setting<Duration> WATCH_WRITE_TIMEOUT = new Setting<>(
            "watch.write-timeout", "DURATION", "30s", duration(Duration.ofSeconds(1), Duration.ofMinutes(10)), """
                    How long a stream's reader may take nothing before it is cut off; too short cuts off who pauses, too \
                    long holds memory for the dead.""");

    static final Setting<Integer> WATCH_MAX_QUEUED_CHANGES = new Setting<>(
            "watch.max-queued-changes",
            "NUMBER",
            "65536",
            integer(100, 10_000_000),
            "Changes that wait to be told; beyond it streams begin anew by a snapshot. Too many hold memory.");

    static final Setting<Integer> WATCH_CONFIG_CHANGES =
            new Setting<>("watch.config-changes", "NUMBER", "16384", integer(16, 1_000_000), """
                    The latest changes of configuration that are told from memory; too few has slow readers served from \
                    the disk, too many hold memory.""");

    static final Setting<Duration> CANARY_INTERVAL =
            new Setting<>("canary.interval", "DURATION", "30s", duration(Duration.ZERO, Duration.ofHours(24)), """
                    How often the leader measures how long a registration takes until it is told everywhere, by one of its \
                    own; 0s never. Too often fills log and history, too rarely says little.""");

    static final Setting<LogFormat> LOG_FORMAT =
            new Setting<>("log.format", "auto|text|json", "auto", LogFormat::parse, """
                    How lines of the log are written: auto is text on a terminal, else JSON.""");

    static final Setting<Optional<Path>> ENCRYPTION_KEYSET =
            new Setting<>("encryption-keyset", "FILE", "", SettingTable::optionalPath, """
                    The keys that secrets are to be sealed with; the cluster takes them over once all members have the \
                    master key, and until then this node takes no secret. 'rollcall keys create' makes them.""");

    static final Setting<Optional<Path>> ENCRYPTION_MASTER_KEY_FILE =
            new Setting<>("encryption-master-key-file", "FILE", "", SettingTable::optionalPath, """
                    The master keys that the cluster's keys are sealed by, one a line; the first seals. They can be in \
                    the environment as ROLLCALL_ENCRYPTION_MASTER_KEY instead.""");

    /** The settings that have an option each, in the order of the help. */
    static final List<Setting<?>> OPTIONS = Stream.of(
                    List.of(
                            ID,
                            DATA,
                            HTTP,
                            RAFT,
                            PEERS,
                            ADVERTISE_HTTP,
                            ADVERTISE_RAFT,
                            AccessTable.ACL_DEFAULT,
                            AccessTable.BOOTSTRAP_TOKEN_FILE,
                            INSECURE,
                            ENCRYPTION_KEYSET,
                            ENCRYPTION_MASTER_KEY_FILE),
                    OidcTable.OPTIONS,
                    TlsTable.OPTIONS)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    /** The settings of file and environment alone, in the order of the help. */
    static final List<Setting<?>> TUNABLES = Stream.of(tunables(), OidcTable.TUNABLES, LimitTable.ALL)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private SettingTable() {}

    private static List<Setting<?>> tunables() {
        return List.of(
                HTTP_HOST,
                HTTP_PORT,
                HTTP_MAX_CONNECTIONS,
                HTTP_MAX_THREADS,
                HTTP_IDLE_TIMEOUT,
                HTTP_BODY_TIMEOUT,
                RAFT_HOST,
                RAFT_PORT,
                ELECTION_TIMEOUT_MIN,
                ELECTION_TIMEOUT_MAX,
                SNAPSHOT_THRESHOLD,
                SNAPSHOT_LOG_SIZE,
                PURGE_PRESERVATION,
                PURGE_PRESERVATION_SIZE,
                SEGMENT_SIZE,
                WRITE_DEADLINE,
                READ_DEADLINE,
                UNCONFIRMED_PERCENT,
                BEAT_DEADLINE,
                LEASE_GRACE,
                EXPIRY_RATE,
                EXPIRY_MAX_HOLD,
                EXPIRY_GLOBAL_PERCENT,
                EXPIRY_GLOBAL_MIN,
                EXPIRY_SERVICE_PERCENT,
                EXPIRY_SMALL_SERVICE,
                CHECKS_ALLOW_LOOPBACK,
                CHECKS_ALLOW,
                CHECKS_DENY,
                CHECKS_CA_FILE,
                CHECKS_MAX_CONCURRENT,
                CHECKS_MAX_CONCURRENT_PER_TARGET,
                HISTORY_RETENTION,
                HISTORY_MAX_SIZE,
                HISTORY_MAX_READ,
                CONFIGURATION_MAX_KEYS,
                CONFIGURATION_MAX_SIZE,
                WATCH_MAX_STREAMS,
                WATCH_MAX_BLOCKING_READS,
                WATCH_SYNC_INTERVAL,
                WATCH_WRITE_TIMEOUT,
                WATCH_MAX_QUEUED_CHANGES,
                WATCH_CONFIG_CHANGES,
                CANARY_INTERVAL,
                LOG_FORMAT,
                TlsTable.CONNECTION_MAX_AGE,
                SHUTDOWN_TIMEOUT);
    }

    private static Optional<Path> optionalPath(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    }

    private static Optional<HostPort> optionalAddress(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        HostPort address = HostPort.parse(text);
        if (address.isWildcard() || address.port() == 0) {
            throw new IllegalArgumentException("must be an address that others can reach; " + address + " is none");
        }
        return Optional.of(address);
    }
}
