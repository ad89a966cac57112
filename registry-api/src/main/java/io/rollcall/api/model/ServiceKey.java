package io.rollcall.api.model;

import java.util.Comparator;

/**
 * A service in its namespace.
 *
 * @param namespace the namespace
 * @param name the service
 */
public record ServiceKey(Namespace namespace, ServiceName name) implements Comparable<ServiceKey> {

    private static final Comparator<ServiceKey> ORDER =
            Comparator.comparing(ServiceKey::namespace).thenComparing(ServiceKey::name);

    /**
     * A key from texts.
     *
     * @param namespace a valid namespace
     * @param name a valid service name
     * @return the key
     * @throws InvalidRequestException naming the bad part
     */
    public static ServiceKey of(String namespace, String name) {
        return new ServiceKey(new Namespace(namespace), new ServiceName(name));
    }

    @Override
    public int compareTo(ServiceKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
