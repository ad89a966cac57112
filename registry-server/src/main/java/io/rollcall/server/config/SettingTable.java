package io.rollcall.server.config;

import static io.rollcall.server.config.SettingParsers.duration;
import static io.rollcall.server.config.SettingParsers.integer;
import static io.rollcall.server.config.SettingParsers.size;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
                    Accept listeners beyond loopback although there is no TLS and there are no tokens: whoever reaches \
                    them can change everything.""");

    static final Setting<Duration> SHUTDOWN_TIMEOUT = new Setting<>(
            "shutdown-timeout",
            "DURATION",
            "8s",
            duration(Duration.ofSeconds(1), Duration.ofSeconds(10)),
            "How long a stop may take; too short cuts requests off, too long outlasts the patience of whoever stops it.");

    static final Setting<Integer> HTTP_MAX_CONNECTIONS = new Setting<>(
            "http.max-connections",
            "NUMBER",
            "10000",
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

    static final Setting<Integer> PURGE_PRESERVATION = new Setting<>(
            "raft.purge-preservation",
            "NUMBER",
            "200000",
            integer(0, 100_000_000),
            "Log entries kept behind a snapshot; too few sends whole snapshots to members that were away shortly.");

    static final Setting<Long> SEGMENT_SIZE = new Setting<>(
            "raft.segment-size",
            "SIZE",
            "64MiB",
            size("64KiB", "1GiB"),
            "Size of one log file; too small rolls often, too large keeps more on disk than needed.");

    /** The settings that have an option each, in the order of the help. */
    static final List<Setting<?>> OPTIONS =
            List.of(ID, DATA, HTTP, RAFT, PEERS, ADVERTISE_HTTP, ADVERTISE_RAFT, INSECURE);

    /** The settings of file and environment alone, in the order of the help. */
    static final List<Setting<?>> TUNABLES = List.of(
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
            PURGE_PRESERVATION,
            SEGMENT_SIZE,
            WRITE_DEADLINE,
            READ_DEADLINE,
            UNCONFIRMED_PERCENT,
            SHUTDOWN_TIMEOUT);

    private SettingTable() {}

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
