package io.rollcall.server.telemetry;

import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Protocol;
import io.rollcall.server.app.CanaryReport;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.view.ServiceState;

/** The sums over all services but the registry's own. One pass over the services, whatever the number of instances. */
@SuppressWarnings("EnumOrdinal") // positions in arrays in memory alone
final class CatalogTotals {

    private final long index;
    private final long[] byStatus = new long[InstanceStatus.values().length];
    private final long[] byProtocol = new long[Protocol.values().length];
    private long services;

    private CatalogTotals(CatalogSnapshot snapshot) {
        this.index = snapshot.appliedIndex();
    }

    /** Whether they are those of a snapshot, too: at one index there is one state. */
    boolean areOf(CatalogSnapshot other) {
        return index == other.appliedIndex();
    }

    static CatalogTotals of(CatalogSnapshot snapshot) {
        CatalogTotals totals = new CatalogTotals(snapshot);
        for (ServiceState service : snapshot.services().values()) {
            if (service.size() > 0 && !service.key().equals(CanaryReport.SERVICE)) {
                totals.add(service);
            }
        }
        return totals;
    }

    private void add(ServiceState service) {
        services++;
        for (InstanceStatus status : InstanceStatus.values()) {
            byStatus[status.ordinal()] += service.counts().of(status);
        }
        for (Protocol protocol : Protocol.values()) {
            byProtocol[protocol.ordinal()] += service.counts().of(protocol);
        }
    }

    long services() {
        return services;
    }

    long of(InstanceStatus status) {
        return byStatus[status.ordinal()];
    }

    long of(Protocol protocol) {
        return byProtocol[protocol.ordinal()];
    }
}
