package io.rollcall.client.spring;

import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Registration;
import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A registration as Spring Cloud wants it.
 *
 * @param host an IPv6 literal is in brackets, since it is put into URIs as it is
 * @param port 1 to 65535
 * @param isSecure whether TLS is spoken there
 * @param metadata all that is known of the instance, immutable; a tag goes before an entry of its metadata of the same name,
 *     and what the registry itself knows by this name before both
 */
record InstanceTraits(String host, int port, boolean isSecure, Map<String, String> metadata) {

    /** What Spring Cloud LoadBalancer's {@code zone-preference} reads. */
    static final String ZONE = "zone";

    /** What Spring Cloud LoadBalancer's {@code weighted} reads. */
    static final String WEIGHT = "weight";

    static final String VERSION = "version";
    static final String PROTOCOL = "protocol";
    static final String INSTANCE_ID = "instanceId";

    static InstanceTraits of(Registration registration) {
        Map<String, String> metadata = new TreeMap<>(registration.metadata());
        metadata.putAll(registration.tags());
        put(metadata, ZONE, registration.zone());
        put(metadata, VERSION, registration.version());
        put(metadata, WEIGHT, Integer.toString(registration.weight()));
        put(metadata, PROTOCOL, registration.protocol().wireName());
        put(metadata, INSTANCE_ID, registration.key().id().value());
        return new InstanceTraits(
                inUri(registration.host()),
                registration.port(),
                registration.protocol() == Protocol.HTTPS,
                Collections.unmodifiableMap(metadata));
    }

    private static void put(Map<String, String> metadata, String key, String value) {
        if (!value.isEmpty()) {
            metadata.put(key, value);
        }
    }

    private static String inUri(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    URI uri() {
        return URI.create((isSecure ? "https://" : "http://") + host + ":" + port);
    }
}
