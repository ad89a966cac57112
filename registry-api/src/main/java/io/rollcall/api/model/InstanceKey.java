package io.rollcall.api.model;

import java.util.Comparator;

/**
 * One instance of a service in its namespace.
 *
 * @param service the service
 * @param id the instance within it
 */
public record InstanceKey(ServiceKey service, InstanceId id) implements Comparable<InstanceKey> {

    private static final Comparator<InstanceKey> ORDER =
            Comparator.comparing(InstanceKey::service).thenComparing(InstanceKey::id);

    /**
     * A key from texts.
     *
     * @param namespace a valid namespace
     * @param name a valid service name
     * @param id a valid instance id
     * @return the key
     * @throws InvalidRequestException naming the bad part
     */
    public static InstanceKey of(String namespace, String name, String id) {
        return new InstanceKey(ServiceKey.of(namespace, name), new InstanceId(id));
    }

    @Override
    public int compareTo(InstanceKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return service + "/" + id;
    }
}
