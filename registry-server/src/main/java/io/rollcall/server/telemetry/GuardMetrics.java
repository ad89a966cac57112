package io.rollcall.server.telemetry;

import io.rollcall.server.http.HttpServer;
import io.rollcall.server.security.audit.AuditLog;
import io.rollcall.server.security.limit.DiskWatch;
import io.rollcall.server.security.limit.WriteLane;

/** Measures what stands around a node: its door, its disk, its audit log. */
final class GuardMetrics {

    private final Instruments instruments;

    GuardMetrics(Instruments instruments) {
        this.instruments = instruments;
    }

    void http(HttpServer http) {
        instruments.gauge(MetricNames.HTTP_ACTIVE, http::activeRequests);
        instruments.gauge(MetricNames.HTTP_CONNECTIONS, http::connections);
        instruments.count(MetricNames.HTTP_UNTRACED_ERRORS, http::unsampledErrors);
    }

    void lane(WriteLane lane) {
        instruments.gauge(MetricNames.WRITES_UNDER_WAY, lane::underWay);
        instruments.gauge(MetricNames.WRITES_LIMIT, lane::limit);
    }

    void disk(DiskWatch disk) {
        instruments.gauge(MetricNames.DISK_FREE, disk::usableBytes);
        instruments.gauge(MetricNames.DISK_SIZE, disk::totalBytes);
    }

    void audit(AuditLog audit) {
        instruments.count(MetricNames.AUDIT_LINES, audit::written);
        instruments.count(MetricNames.AUDIT_LOST, audit::lost);
        instruments.gauge(MetricNames.AUDIT_FAILING, () -> audit.isFailing() ? 1 : 0);
    }
}
