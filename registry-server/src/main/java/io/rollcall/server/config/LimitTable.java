package io.rollcall.server.config;

import static io.rollcall.server.config.SettingParsers.duration;
import static io.rollcall.server.config.SettingParsers.integer;
import static io.rollcall.server.config.SettingParsers.size;

import java.time.Duration;
import java.util.List;

/** The settings of limits, quotas and the audit log. */
final class LimitTable {

    static final Setting<Boolean> LOOPBACK =
            new Setting<>("limit.loopback", "true|false", "false", SettingParsers::flag, """
                    Whether callers on this machine are limited in rate and connections, too; false trusts them, true is for \
                    nodes behind a proxy on the same machine.""");

    static final Setting<Integer> REQUESTS = new Setting<>(
            "limit.requests-per-second",
            "NUMBER",
            "5000",
            integer(0, 10_000_000),
            "Requests of one address, heartbeats apart, and twice as many at once; 0 for any number. Too few refuses whole sites behind one address.");

    static final Setting<Integer> TOKEN_REQUESTS = new Setting<>(
            "limit.token-requests-per-second",
            "NUMBER",
            "5000",
            integer(0, 10_000_000),
            "The same by one token, wherever it is shown.");

    static final Setting<Integer> BEATS =
            new Setting<>("limit.heartbeats-per-second", "NUMBER", "50000", integer(0, 10_000_000), """
                    Requests with heartbeats of one address or token, and twice as many at once; 0 for any number. Too few \
                    expires who lives.""");

    static final Setting<Integer> FAILED_LOGINS = new Setting<>(
            "limit.failed-logins-per-minute",
            "NUMBER",
            "30",
            integer(0, 1_000_000),
            "Wrong tokens of one address before it is turned away for a while; 0 for any number. Too many helps who guesses.");

    static final Setting<Integer> MAX_BUCKETS = new Setting<>(
            "limit.max-buckets",
            "NUMBER",
            "65536",
            integer(16, 10_000_000),
            "Addresses, and tokens, whose rate is followed; beyond it newcomers share one. Too many takes memory, some 200 bytes each.");

    static final Setting<Integer> CONNECTIONS = new Setting<>(
            "limit.connections-per-address",
            "NUMBER",
            "1000",
            integer(1, 1_000_000),
            "Open connections of one address; too few refuses whole sites behind one address, too many lets one use them up.");

    static final Setting<Duration> HEADER_TIMEOUT = new Setting<>(
            "limit.header-timeout",
            "DURATION",
            "10s",
            duration(Duration.ofMillis(500), Duration.ofMinutes(5)),
            "How long a new connection has for its first request, and each request for its head; too long lets many hold connections for nothing.");

    static final Setting<Long> MIN_ANSWER_RATE = new Setting<>(
            "limit.min-answer-rate",
            "SIZE",
            "1KiB",
            size("0B", "1GiB"),
            "What a caller must read in a second of an answer that waits for it, watches apart; 0B asks for nothing. Too little lets slow readers hold memory.");

    static final Setting<Integer> WATCHES = new Setting<>(
            "limit.watches-per-address",
            "NUMBER",
            "2000",
            integer(1, 1_000_000),
            "Watch streams of one address; too few refuses whole sites behind one address.");

    static final Setting<Integer> WRITES = new Setting<>(
            "limit.writes-under-way",
            "NUMBER",
            "2048",
            integer(32, 65_536),
            "Writes of this node's callers on their way through the log, at most; too few refuses bursts, too many makes them wait for long.");

    static final Setting<Duration> WRITE_TIME = new Setting<>(
            "limit.write-time", "DURATION", "500ms", duration(Duration.ofMillis(10), Duration.ofMinutes(1)), """
                    What a write may take before fewer are let in at once; too short refuses what a slow disk would have \
                    done, too long lets a queue build up.""");

    static final Setting<Duration> QUEUE_TIME = new Setting<>(
            "limit.queue-time", "DURATION", "250ms", duration(Duration.ofMillis(10), Duration.ofMinutes(1)), """
                    What requests may wait for a thread before reads and writes are turned away and heartbeats alone are \
                    served; too short refuses bursts, too long makes heartbeats late.""");

    static final Setting<Long> DISK_FREE_MIN =
            new Setting<>("limit.disk-free-min", "SIZE", "512MiB", size("0B", "1024GiB"), """
                    What must be free where the data lies, but never more than a twentieth of that disk: below it nothing is \
                    registered or put, while deregistrations, expiry and heartbeats go on. Too little ends in a full disk, \
                    which stops the node.""");

    static final Setting<Integer> SERVICES_PER_NAMESPACE = new Setting<>(
            "quota.services-per-namespace",
            "NUMBER",
            "100000",
            integer(1, 100_000_000),
            "Services of a namespace; too few refuses new ones, too many takes memory.");

    static final Setting<Integer> INSTANCES_PER_SERVICE = new Setting<>(
            "quota.instances-per-service",
            "NUMBER",
            "100000",
            integer(1, 100_000_000),
            "Instances of a service; too few refuses new ones, too many makes its answers large.");

    static final Setting<Integer> INSTANCES_PER_NAMESPACE = new Setting<>(
            "quota.instances-per-namespace",
            "NUMBER",
            "2000000",
            integer(1, 100_000_000),
            "Instances of all services of a namespace; too few refuses new ones, too many takes memory, some 2 KiB each.");

    static final Setting<Integer> INSTANCES_PER_IDENTITY = new Setting<>(
            "quota.instances-per-identity",
            "NUMBER",
            "100000",
            integer(1, 100_000_000),
            "Instances that one identity owns; too few refuses new ones, too many lets one token fill the registry.");

    static final Setting<Boolean> AUDIT =
            new Setting<>("audit.enabled", "true|false", "true", SettingParsers::flag, """
                    Whether it is written down in audit/ of the data folder who changed what, and who was refused.""");

    static final Setting<Boolean> AUDIT_READS =
            new Setting<>("audit.reads", "true|false", "false", SettingParsers::flag, """
                    Whether reads of data are written down, too; true writes a line a read.""");

    static final Setting<Boolean> AUDIT_REFUSES =
            new Setting<>("audit.on-failure", "continue|refuse", "continue", LimitTable::refuses, """
                    What becomes of writes while nothing can be written down, as on a full disk: continue makes them and has the \
                    log say later how many lines it lacks; refuse answers 503.""");

    static final Setting<Long> AUDIT_FILE_SIZE = new Setting<>(
            "audit.file-size",
            "SIZE",
            "64MiB",
            size("64KiB", "16GiB"),
            "Size of one file of the audit log; too small makes many files, too large is unhandy.");

    static final Setting<Integer> AUDIT_FILES = new Setting<>(
            "audit.files",
            "NUMBER",
            "16",
            integer(2, 100_000),
            "Files of the audit log that are kept; the oldest goes first. Too few forgets soon, too many fills the disk.");

    static final Setting<Integer> AUDIT_QUEUE = new Setting<>(
            "audit.queue",
            "NUMBER",
            "16384",
            integer(16, 1_000_000),
            "Events that wait to be written; too few loses some in a burst, too many takes memory.");

    static final Setting<Duration> AUDIT_DENIALS = new Setting<>(
            "audit.denials-interval", "DURATION", "1m", duration(Duration.ZERO, Duration.ofHours(24)), """
                    How long denials that are alike are counted before their number is written down as one line; 0s writes a line \
                    each. Too short lets a flood push older lines out, too long loses more of the count when the node is killed.""");

    static final Setting<Duration> AUDIT_SYNC =
            new Setting<>("audit.sync-interval", "DURATION", "1s", duration(Duration.ZERO, Duration.ofMinutes(1)), """
                    How often the audit log is forced to the disk; 0s after each batch of lines. Too long loses more lines when \
                    the machine loses power; a crash of the node alone loses none that were written.""");

    /** All of them, in the order of the help. */
    static final List<Setting<?>> ALL = List.of(
            LOOPBACK,
            REQUESTS,
            TOKEN_REQUESTS,
            BEATS,
            FAILED_LOGINS,
            MAX_BUCKETS,
            CONNECTIONS,
            HEADER_TIMEOUT,
            MIN_ANSWER_RATE,
            WATCHES,
            WRITES,
            WRITE_TIME,
            QUEUE_TIME,
            DISK_FREE_MIN,
            SERVICES_PER_NAMESPACE,
            INSTANCES_PER_SERVICE,
            INSTANCES_PER_NAMESPACE,
            INSTANCES_PER_IDENTITY,
            AUDIT,
            AUDIT_READS,
            AUDIT_REFUSES,
            AUDIT_FILE_SIZE,
            AUDIT_FILES,
            AUDIT_QUEUE,
            AUDIT_DENIALS,
            AUDIT_SYNC);

    private LimitTable() {}

    private static boolean refuses(String text) {
        return switch (text) {
            case "refuse" -> true;
            case "continue" -> false;
            default -> throw new IllegalArgumentException("must be continue or refuse");
        };
    }

    static LimitSettings limits(SettingReader reader) {
        return new LimitSettings(
                reader.read(LOOPBACK),
                reader.read(REQUESTS),
                reader.read(TOKEN_REQUESTS),
                reader.read(BEATS),
                reader.read(FAILED_LOGINS),
                reader.read(MAX_BUCKETS),
                reader.read(CONNECTIONS),
                reader.read(HEADER_TIMEOUT),
                reader.read(MIN_ANSWER_RATE),
                reader.read(WATCHES),
                reader.read(WRITES),
                reader.read(WRITE_TIME),
                reader.read(QUEUE_TIME),
                reader.read(DISK_FREE_MIN),
                new QuotaSettings(
                        reader.read(SERVICES_PER_NAMESPACE),
                        reader.read(INSTANCES_PER_SERVICE),
                        reader.read(INSTANCES_PER_NAMESPACE),
                        reader.read(INSTANCES_PER_IDENTITY)));
    }

    static AuditSettings audit(SettingReader reader) {
        return new AuditSettings(
                reader.read(AUDIT),
                reader.read(AUDIT_READS),
                reader.read(AUDIT_REFUSES),
                reader.read(AUDIT_FILE_SIZE),
                reader.read(AUDIT_FILES),
                reader.read(AUDIT_QUEUE),
                reader.read(AUDIT_DENIALS),
                reader.read(AUDIT_SYNC));
    }
}
