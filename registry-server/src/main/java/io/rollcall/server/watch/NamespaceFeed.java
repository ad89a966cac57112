package io.rollcall.server.watch;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.view.CatalogSnapshot;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One interest in all services of a namespace: which of them were touched, and when. */
final class NamespaceFeed extends Feed {

    final Namespace namespace;
    private final TouchLog<ServiceKey> log;
    // Empty until a stream follows: reads that wait need to know no more than that something was touched.
    private final Map<ServiceKey, ServiceFeed> services = new TreeMap<>();
    private boolean followsServices;

    NamespaceFeed(Namespace namespace, Interest interest, CatalogSnapshot current) {
        super(interest);
        this.namespace = namespace;
        this.log = new TouchLog<>(boundIn(current), 0, interest.isByStatusAlone());
    }

    private long boundIn(CatalogSnapshot current) {
        return current.indexes(namespace).index(interest.selection().statuses());
    }

    boolean followsServices() {
        return followsServices;
    }

    /** From now on each service has its feed here. */
    void followServices() {
        followsServices = true;
    }

    void add(ServiceFeed feed) {
        services.put(feed.service, feed);
    }

    /** By key, in their order. */
    Map<ServiceKey, ServiceFeed> services() {
        return services;
    }

    boolean apply(long index, ServiceKey service, @Nullable Instance before, @Nullable Instance after) {
        boolean touched = interest.selects(before) || interest.selects(after);
        if (touched) {
            log.add(new Touch<>(index, service, 0));
        }
        return touched;
    }

    boolean restart(long knownUntil, CatalogSnapshot current) {
        long bound = boundIn(current);
        boolean touched = bound > knownUntil;
        if (touched) {
            log.restart(bound, 0, interest.isByStatusAlone());
        }
        return touched;
    }

    TouchLog<ServiceKey> log() {
        return log;
    }

    @Override
    long version() {
        return log.version();
    }
}
