package io.rollcall.client.directory;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.ServiceKey;
import java.time.Instant;
import java.util.List;

/**
 * What is kept of a service for the next start.
 *
 * @param service which
 * @param index registry index up to which it was known
 * @param knownAt when that was known to be current, by wall clock
 * @param instances immutable, sorted by id
 */
record CacheEntry(ServiceKey service, long index, Instant knownAt, List<Instance> instances) {

    CacheEntry {
        instances = List.copyOf(instances);
    }
}
