package io.rollcall.server.telemetry;

import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Protocol;
import io.rollcall.server.app.BeatCounts;
import io.rollcall.server.app.CertificateExpiry;
import io.rollcall.server.app.ClusterState;
import io.rollcall.server.app.Freshness;
import io.rollcall.server.app.WriteCounts;
import io.rollcall.server.view.AclView;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.view.CatalogView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Measures what a node knows, and what its callers had of it. */
final class NodeMetrics {

    private static final double MILLIS_PER_SECOND = 1e3;

    private final Instruments instruments;
    private final InstantSource clock;
    private volatile @Nullable CatalogTotals totals;

    NodeMetrics(Instruments instruments, InstantSource clock) {
        this.instruments = instruments;
        this.clock = clock;
    }

    void catalog(CatalogView view, String nodeId, String version) {
        instruments.gaugeEach(MetricNames.INSTANCES, points -> {
            CatalogTotals totals = totals(view);
            for (InstanceStatus status : InstanceStatus.values()) {
                points.add(totals.of(status), status.wireName());
            }
        });
        instruments.gaugeEach(MetricNames.INSTANCES_BY_PROTOCOL, points -> {
            CatalogTotals totals = totals(view);
            for (Protocol protocol : Protocol.values()) {
                points.add(totals.of(protocol), protocol.wireName());
            }
        });
        instruments.gauge(MetricNames.SERVICES, () -> totals(view).services());
        instruments.gauge(MetricNames.INDEX, () -> view.current().appliedIndex());
        instruments.gaugeEach(MetricNames.NODE_INFO, points -> {
            CatalogSnapshot now = view.current();
            points.add(1, now.cluster().clusterId(), nodeId, version);
        });
    }

    /** One look at all services is enough for one reading, if nothing changes meanwhile. */
    private CatalogTotals totals(CatalogView view) {
        CatalogTotals known = totals;
        CatalogSnapshot now = view.current();
        if (known == null || !known.areOf(now)) {
            known = CatalogTotals.of(now);
            totals = known;
        }
        return known;
    }

    void tokens(AclView acl) {
        instruments.gauge(MetricNames.TOKENS, () -> acl.current().tokens().size());
        instruments.gauge(MetricNames.TOKEN_EXPIRY, () -> {
            Instant now = clock.instant();
            return acl.current().tokens().values().stream()
                    .map(entry -> entry.token().expiresAt())
                    .filter(at -> at != null && at.isAfter(now))
                    .mapToDouble(at -> seconds(Duration.between(now, at)))
                    .min()
                    .orElse(Double.NaN);
        });
    }

    void writes(WriteCounts counts) {
        instruments.count(MetricNames.REGISTERED, counts::registered);
        instruments.count(MetricNames.DEREGISTERED, counts::deregistered);
        instruments.time(MetricNames.REGISTRATION_LATENCY, counts.registrationNanos());
    }

    void beats(BeatCounts counts) {
        instruments.countEach(MetricNames.HEARTBEATS, points -> {
            for (BeatCounts.Kind kind : BeatCounts.Kind.values()) {
                points.add(counts.get(kind), kind.name().toLowerCase(Locale.ROOT));
            }
        });
    }

    void certificates(CertificateExpiry certificates) {
        instruments.gaugeEach(MetricNames.CERTIFICATE_EXPIRY, points -> {
            Instant now = clock.instant();
            certificates
                    .certificates()
                    .forEach(shown -> points.add(seconds(Duration.between(now, shown.notAfter())), shown.listener()));
        });
    }

    void cluster(ClusterState cluster, Freshness freshness) {
        instruments.gaugeEach(MetricNames.MEMBERS, points -> {
            var members = cluster.snapshot().members();
            long reachable =
                    members.stream().filter(ClusterState.MemberState::reachable).count();
            points.add(reachable, "true");
            points.add(members.size() - (double) reachable, "false");
        });
        instruments.gauge(
                MetricNames.DATA_AGE,
                () -> freshness.hasCaughtUp() ? freshness.dataAgeMillis() / MILLIS_PER_SECOND : Double.NaN);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS_PER_SECOND;
    }
}
