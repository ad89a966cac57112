package io.rollcall.server.telemetry;

import static io.rollcall.server.telemetry.Metric.counter;
import static io.rollcall.server.telemetry.Metric.gauge;
import static io.rollcall.server.telemetry.Metric.histogram;

/**
 * All that a node measures of its own, beside what the SDK says of itself and the JVM. {@code docs/telemetry.md} lists the
 * same, and a test holds one against the other.
 */
final class MetricNames {

    // What the first design of this registry asked for, by its names.

    static final Metric REGISTERED = counter(
            "registered_services_total", "{registration}", "Registrations of instances that this node acknowledged.");
    static final Metric DEREGISTERED = counter(
            "deregistered_services_total",
            "{deregistration}",
            "Deregistrations of instances that this node acknowledged.");
    static final Metric DISCOVERIES =
            counter("discovery_requests_total", "{request}", "Requests for instances that this node answered.");
    static final Metric REGISTRATION_LATENCY =
            histogram("registration_latency_seconds", "s", "How long acknowledged registrations took, a batch as one.");
    static final Metric CHECK_VERDICTS = counter(
            "health_check_failures_total",
            "{verdict}",
            "Times that this node, as the leader, had an instance called critical because of its checks.");
    static final Metric CHECKS_MADE =
            counter("check_requests_total", "{check}", "Health checks that this node made as the leader.");
    static final Metric CHECKS_FAILED =
            counter("check_failures_total", "{check}", "Health checks that failed, out of check_requests_total.");
    static final Metric CHECK_LATENCY =
            histogram("check_latency_seconds", "s", "How long health checks took, also those that failed.");

    // HTTP.

    static final Metric HTTP_DURATION = histogram(
            "http.server.request.duration",
            "s",
            "Duration of HTTP server requests.",
            "http.request.method",
            "http.response.status_code",
            "http.route",
            "url.scheme");
    static final Metric HTTP_ACTIVE =
            gauge("http.server.active_requests", "{request}", "Requests that are being answered, streams among them.");
    static final Metric HTTP_CONNECTIONS = gauge("rollcall.http.connections", "{connection}", "Open connections.");
    static final Metric HTTP_PROBLEMS = counter(
            "rollcall.http.problems",
            "{answer}",
            "Answers that were problems, by their code: rate-limited, overloaded, no-leader and so on.",
            "code");
    static final Metric HTTP_UNTRACED_ERRORS = counter(
            "rollcall.http.untraced_errors",
            "{answer}",
            "Answers of 500 and more that no trace tells of; the log has their trace ids.");

    // What is registered.

    static final Metric INSTANCES = gauge("rollcall.instances", "{instance}", "Instances by status.", "status");
    static final Metric INSTANCES_BY_PROTOCOL =
            gauge("rollcall.instances.by_protocol", "{instance}", "Instances by protocol.", "protocol");
    static final Metric SERVICES = gauge("rollcall.services", "{service}", "Services that have an instance.");
    static final Metric INDEX =
            gauge("rollcall.index", "{change}", "The registry's index, as this node has applied it.");
    static final Metric HISTORY_EVENTS = gauge("rollcall.history.events", "{event}", "Events that the history keeps.");
    static final Metric CONFIG_VERSIONS =
            gauge("rollcall.config.versions", "{version}", "Versions of configuration keys that are stored.");
    static final Metric CONFIG_SIZE =
            gauge("rollcall.config.size", "By", "What they take, with what is kept beside them.");
    static final Metric TOKENS = gauge("rollcall.acl.tokens", "{token}", "Tokens that there are.");
    static final Metric TOKEN_EXPIRY = gauge(
            "rollcall.acl.token.expiry", "s", "Time until the next token expires; absent while none of them does.");

    // Heartbeats and leases.

    static final Metric HEARTBEATS = counter(
            "rollcall.heartbeats", "{beat}", "Heartbeats that this node answered, by what they came to.", "result");
    static final Metric LEASES = gauge(
            "rollcall.leases",
            "{lease}",
            "Leases that this node counts down as the leader: those that run, the late and the held among them.",
            "state");
    static final Metric EXPIRIES =
            counter("rollcall.lease.expiries", "{lease}", "Leases that lapsed, by this node's word.");
    static final Metric REMOVALS = counter(
            "rollcall.lease.removals",
            "{instance}",
            "Instances that this node, as the leader, had removed for having been critical for too long.");
    static final Metric REMOVALS_PENDING = gauge(
            "rollcall.lease.removals_pending",
            "{instance}",
            "Critical instances that are to be removed when their time has come.");
    static final Metric HOLDING = gauge(
            "rollcall.governor.holding",
            "{hold}",
            "1 while this node, as the leader, holds back what is overdue; else 0.");
    static final Metric HOLDS = counter("rollcall.governor.holds", "{hold}", "Times that it began to.");
    static final Metric DOUBTS = counter(
            "rollcall.leader.doubts",
            "{doubt}",
            "Times that this leader doubted that it heard all, after a pause of its own.");
    static final Metric VERDICTS = counter(
            "rollcall.verdicts",
            "{verdict}",
            "Verdicts that this node gave as the leader, by what became of them.",
            "outcome");
    static final Metric CHECKED = gauge(
            "rollcall.checks",
            "{instance}",
            "Instances that this node checks as the leader, by how that goes.",
            "state");

    // Those who follow.

    static final Metric STREAMS = gauge("rollcall.watch.streams", "{stream}", "Open streams of changes.");
    static final Metric WAITING_READS =
            gauge("rollcall.watch.waiting_reads", "{read}", "Reads that wait for a change.");
    static final Metric FEEDS = gauge("rollcall.watch.feeds", "{feed}", "Selections that are followed.");
    static final Metric WATCH_LAG = gauge(
            "rollcall.watch.lag", "{change}", "Changes that this node has applied and not told its watchers of yet.");
    static final Metric WATCH_EVENTS =
            counter("rollcall.watch.events", "{event}", "Events that were handed to streams.");
    static final Metric WATCH_SNAPSHOTS = counter("rollcall.watch.snapshots", "{event}", "Snapshots among them.");
    static final Metric WATCH_RESTARTS = counter(
            "rollcall.watch.restarts", "{event}", "Snapshots in the midst of a stream, for want of what lay between.");
    static final Metric WATCH_RESUMES =
            counter("rollcall.watch.resumes", "{stream}", "Streams that went on where an earlier one ended.");
    static final Metric WATCH_RESUMES_ANEW = counter(
            "rollcall.watch.resumes_anew",
            "{snapshot}",
            "Services, or configuration, of such streams that began by a snapshot all the same.");
    static final Metric CONFIG_LOOKS = counter(
            "rollcall.watch.config_looks",
            "{look}",
            "Looks into the store for changes of configuration that are not in memory any more.");
    static final Metric WAKEUPS = counter(
            "rollcall.watch.wakeups",
            "{wakeup}",
            "Times that a reader was woken, by whether he had anything to be told.",
            "useful");
    static final Metric FEEDS_RESET = counter(
            "rollcall.watch.feeds_reset", "{feed}", "Feeds that began anew because changes came too fast to be told.");
    static final Metric WATCH_REFUSED =
            counter("rollcall.watch.refused", "{reader}", "Streams and waiting reads that were one too many.");
    static final Metric WATCH_DROPPED =
            counter("rollcall.watch.dropped", "{stream}", "Streams that were cut off, by why.", "reason");
    static final Metric TELLING = histogram(
            "rollcall.watch.telling.duration",
            "s",
            "From a change being applied at this node to its being handed to those who follow.");
    static final Metric PROPAGATION = histogram(
            "rollcall.propagation.duration",
            "s",
            "From a registration at the leader to its being told at a member, measured by the canary.",
            "node");
    static final Metric PROPAGATION_MISSED =
            counter("rollcall.propagation.missed", "{probe}", "Canaries that a member did not tell in time.", "node");

    // How it is agreed.

    static final Metric TERM = gauge("rollcall.raft.term", "{term}", "Raft's term.");
    static final Metric LEADS = gauge("rollcall.raft.leading", "{leader}", "1 if this node leads, else 0.");
    static final Metric HAS_LEADER =
            gauge("rollcall.raft.leader_known", "{leader}", "1 if this node knows who leads, else 0.");
    static final Metric MEMBERS =
            gauge("rollcall.raft.members", "{member}", "Members, by whether they answered lately.", "reachable");
    static final Metric COMMITTED = gauge(
            "rollcall.raft.committed_index", "{entry}", "The log index up to which this node knows all as committed.");
    static final Metric APPLIED =
            gauge("rollcall.raft.applied_index", "{entry}", "The log index up to which this node has applied all.");
    static final Metric APPLY_LAG =
            gauge("rollcall.raft.apply_lag", "{entry}", "Entries that are committed and not applied here yet.");
    static final Metric ELECTIONS =
            counter("rollcall.raft.elections", "{election}", "Elections that this node stood in.");
    static final Metric ELECTION_TIMEOUTS =
            counter("rollcall.raft.election_timeouts", "{timeout}", "Elections of its own that came to no end.");
    static final Metric SNAPSHOTS_SENT = counter(
            "rollcall.raft.snapshots_sent",
            "{snapshot}",
            "Snapshots that this node, as the leader, had others install.");
    static final Metric LOG_SIZE = gauge("rollcall.raft.log.size", "By", "What the log's files take on the disk.");
    static final Metric LOG_SYNCS =
            counter("rollcall.raft.log.syncs", "{sync}", "Times that the log was forced to the disk.");
    static final Metric LOG_SYNC_TIME =
            gauge("rollcall.raft.log.sync.duration", "s", "How long that took lately.", "percentile");
    static final Metric LOG_QUEUE = gauge("rollcall.raft.log.queue", "{entry}", "Entries that wait to be written.");
    static final Metric BATCH_SIZE =
            histogram("rollcall.proposer.batch.size", "{command}", "Commands in the entries that this node proposed.");
    static final Metric PROPOSALS_WAITING =
            gauge("rollcall.proposer.waiting", "{command}", "Commands that wait for an entry.");
    static final Metric BARRIER_TIME =
            histogram("rollcall.barrier.duration", "s", "How long rounds of the read barrier took that passed.");
    static final Metric BARRIER_FAILURES =
            counter("rollcall.barrier.failures", "{round}", "Rounds of the read barrier that nobody confirmed.");
    static final Metric APPLY_TIME = histogram(
            "rollcall.command.apply.duration", "s", "How long it took to apply the commands of one log entry.");
    static final Metric WRITES_UNDER_WAY = gauge(
            "rollcall.writes.under_way", "{write}", "Writes of this node's callers on their way through the log.");
    static final Metric WRITES_LIMIT = gauge(
            "rollcall.writes.limit", "{write}", "How many of them are let in at once, as found out by their time.");
    static final Metric DATA_AGE =
            gauge("rollcall.data.age", "s", "How long ago a quorum confirmed this node; absent before the first time.");

    // Where it lies.

    static final Metric MEMTABLES =
            gauge("rollcall.store.memtables.size", "By", "What RocksDB holds in memory before it is flushed.");
    static final Metric STORE_FILES = gauge("rollcall.store.files.size", "By", "What the live files of RocksDB take.");
    static final Metric BLOCK_CACHE =
            gauge("rollcall.store.block_cache.size", "By", "What RocksDB's block cache holds.");
    static final Metric COMPACTION_PENDING =
            gauge("rollcall.store.compaction.pending", "By", "What compactions have yet to rewrite.");
    static final Metric COMPACTIONS = gauge("rollcall.store.compactions", "{compaction}", "Compactions that run.");
    static final Metric FLUSHES = gauge("rollcall.store.flushes", "{flush}", "Flushes that run.");
    static final Metric WRITES_STOPPED =
            gauge("rollcall.store.writes_stopped", "{stop}", "1 while RocksDB takes no writes, else 0.");
    static final Metric WRITE_RATE =
            gauge("rollcall.store.write_rate_limit", "By/s", "The pace that RocksDB holds writes to; 0: none.");
    static final Metric REQUESTS_REMEMBERED = gauge(
            "rollcall.requests.remembered", "{request}", "Request ids whose results are remembered; an estimate.");
    static final Metric DISK_FREE = gauge("rollcall.disk.free", "By", "What may still be written where the data lies.");
    static final Metric DISK_SIZE = gauge("rollcall.disk.size", "By", "How large that disk is.");

    // Security, and the node itself.

    static final Metric CERTIFICATE_EXPIRY = gauge(
            "tls_certificate_expiry_seconds",
            "s",
            "Time until the certificate of a listener expires; below 0 it has.",
            "listener");
    static final Metric AUDIT_LINES =
            counter("rollcall.audit.lines", "{line}", "Lines of the audit log that were written.");
    static final Metric AUDIT_LOST = counter("rollcall.audit.lost", "{line}", "Lines that could not be written.");
    static final Metric AUDIT_FAILING =
            gauge("rollcall.audit.failing", "{failure}", "1 while the audit log cannot be written, else 0.");
    static final Metric KEYS = gauge("rollcall.encryption.keys", "{key}", "Keys that secrets are sealed with.");
    static final Metric KEY_AGE =
            gauge("rollcall.encryption.primary_key.age", "s", "How long the primary key has been it.");
    static final Metric RESEAL_DONE = gauge(
            "rollcall.encryption.reseal.done",
            "{record}",
            "Records that are known to be sealed by the primary key, while it is replaced.");
    static final Metric RESEAL_TOTAL = gauge("rollcall.encryption.reseal.all", "{record}", "Records that are to be.");
    static final Metric NODE_INFO = gauge(
            "rollcall.node.info", "{node}", "Always 1; says which node this is.", "cluster_id", "node_id", "version");
    static final Metric LOG_LINES = counter("rollcall.log.lines", "{line}", "Lines that this node logged.", "level");
    static final Metric LOG_SUPPRESSED = counter(
            "rollcall.log.suppressed", "{line}", "Lines that were left out because there were too many of the same.");

    private MetricNames() {}
}
