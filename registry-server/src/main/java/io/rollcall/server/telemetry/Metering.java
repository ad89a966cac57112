package io.rollcall.server.telemetry;

import io.opentelemetry.api.metrics.Meter;
import io.rollcall.server.app.BeatCounts;
import io.rollcall.server.app.CertificateExpiry;
import io.rollcall.server.app.RequestObserver;
import io.rollcall.server.app.WriteCounts;
import io.rollcall.server.http.HttpServer;
import io.rollcall.server.leader.Canary;
import io.rollcall.server.leader.LeaderDuties;
import io.rollcall.server.probe.MeasuredProbe;
import io.rollcall.server.raft.RatisNode;
import io.rollcall.server.security.audit.AuditLog;
import io.rollcall.server.security.limit.DiskWatch;
import io.rollcall.server.security.limit.WriteLane;
import io.rollcall.server.view.AclView;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.watch.WatchHub;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Measures a node, part by part: it is told of each of them once, before the node starts. */
public final class Metering {

    private final Instruments instruments;
    private final String nodeId;
    private final String version;
    private final RequestObserver requests;
    private final NodeMetrics node;
    private final GuardMetrics guard;

    Metering(Meter meter, String nodeId, String version, boolean isTls) {
        this.instruments = new Instruments(meter);
        this.nodeId = nodeId;
        this.version = version;
        this.requests = new HttpMetrics(instruments, isTls);
        this.node = new NodeMetrics(instruments, InstantSource.system());
        this.guard = new GuardMetrics(instruments);
    }

    /**
     * Measures requests.
     *
     * @return to be told of each
     */
    public RequestObserver requests() {
        return requests;
    }

    /**
     * Measures what is there.
     *
     * @param view instances
     * @param acl tokens
     * @param certificates of this node
     */
    public void state(CatalogView view, AclView acl, CertificateExpiry certificates) {
        node.catalog(view, nodeId, version);
        node.tokens(acl);
        node.certificates(certificates);
    }

    /**
     * Measures what callers had done.
     *
     * @param writes registrations
     * @param beats heartbeats
     */
    public void work(WriteCounts writes, BeatCounts beats) {
        node.writes(writes);
        node.beats(beats);
    }

    /**
     * Measures how it is agreed.
     *
     * @param raft this member
     */
    public void raft(RatisNode raft) {
        node.cluster(raft.cluster(), raft.freshness());
        new RaftMetrics(instruments, InstantSource.system()).raft(raft.figures());
    }

    /**
     * Measures what is done while it leads.
     *
     * @param duties leases and verdicts
     * @param probe health checks
     * @param canary how long changes take
     */
    public void leader(LeaderDuties duties, MeasuredProbe probe, Canary canary) {
        LeaderMetrics leader = new LeaderMetrics(instruments);
        leader.duties(duties);
        leader.checks(probe);
        leader.canary(canary);
    }

    /**
     * Measures how those who follow are told.
     *
     * @param hub tells them
     * @param view of what
     */
    public void watch(WatchHub hub, CatalogView view) {
        new WatchMetrics(instruments).hub(hub, view);
    }

    /**
     * Measures what stands around it.
     *
     * @param http its door
     * @param lane the way of writes
     */
    public void door(HttpServer http, WriteLane lane) {
        guard.http(http);
        guard.lane(lane);
    }

    /**
     * Measures what it logs.
     *
     * @param log of this process
     */
    public void log(NodeLog log) {
        log.measure(instruments);
    }

    /**
     * Measures what it writes to.
     *
     * @param disk where it lies
     * @param audit who did what; null: it is not kept
     */
    public void disk(DiskWatch disk, @Nullable AuditLog audit) {
        guard.disk(disk);
        if (audit != null) {
            guard.audit(audit);
        }
    }
}
