package io.rollcall.server.leader;

import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.ServiceKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The leases of one service and how many of them are in doubt. Guarded by the lock of the table. */
final class ServiceLeases {

    final ServiceKey key;
    final Map<String, Lease> byId = new HashMap<>();

    /** Leases that have not lapsed. */
    int running;
    /** Those among them that are late, held or expiring. */
    int late;
    /** Those among them that are held. */
    int held;

    @Nullable
    Hold hold;

    ServiceLeases(ServiceKey key) {
        this.key = key;
    }

    InstanceKey instanceKey(Lease lease) {
        return new InstanceKey(key, new InstanceId(lease.id));
    }
}
