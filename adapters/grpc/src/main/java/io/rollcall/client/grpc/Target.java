package io.rollcall.client.grpc;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceName;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a channel's target asks for: {@code rollcall://[namespace]/service[?tag=key:value&zone=…&version=…&protocol=…]}.
 *
 * @param namespace null: whatever the client's is
 * @param service whose instances
 * @param tags that they must have, all of them
 * @param zone that they must be in; null for any
 * @param version that they must have; null for any
 * @param protocol that they must speak; null for any
 */
record Target(
        @Nullable Namespace namespace,
        ServiceName service,
        Map<String, String> tags,
        @Nullable String zone,
        @Nullable String version,
        @Nullable Protocol protocol) {

    static final String SCHEME = "rollcall";

    private static final String FORM = "rollcall://[namespace]/service[?tag=key:value&zone=z&version=v&protocol=grpc]";

    /** Throws {@link IllegalArgumentException}, which names what is wrong, and the form. */
    static Target parse(URI uri) {
        String path = uri.getPath();
        if (path == null || path.length() < 2 || path.indexOf('/', 1) >= 0) {
            throw refused(uri, "there is not one service in its path", null);
        }
        String authority = uri.getAuthority();
        Map<String, String> tags = new TreeMap<>();
        Map<String, String> others = new TreeMap<>();
        String query = uri.getRawQuery();
        for (String pair : query == null ? List.<String>of() : List.of(query.split("&", -1))) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw refused(uri, "'" + pair + "' is no parameter with a value", null);
            }
            String name = decode(pair.substring(0, equals));
            String value = decode(pair.substring(equals + 1));
            put(uri, name, value, tags, others);
        }
        try {
            String protocol = others.get("protocol");
            return new Target(
                    authority == null || authority.isEmpty() ? null : new Namespace(authority),
                    new ServiceName(path.substring(1)),
                    Map.copyOf(tags),
                    others.get("zone"),
                    others.get("version"),
                    protocol == null ? null : Protocol.parse("protocol", protocol));
        } catch (InvalidRequestException e) {
            throw refused(uri, String.valueOf(e.getMessage()), e);
        }
    }

    private static void put(URI uri, String name, String value, Map<String, String> tags, Map<String, String> others) {
        switch (name) {
            case "tag" -> {
                int colon = value.indexOf(':');
                if (colon <= 0) {
                    throw refused(uri, "tag '" + value + "' is not key:value", null);
                }
                tags.put(value.substring(0, colon), value.substring(colon + 1));
            }
            case "zone", "version", "protocol" -> {
                if (others.put(name, value) != null) {
                    throw refused(uri, "'" + name + "' is there twice", null);
                }
            }
            default -> throw refused(uri, "there is no parameter '" + name + "'", null);
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException refused(URI uri, String why, @Nullable Throwable cause) {
        return new IllegalArgumentException("target '" + uri + "': " + why + "; it is " + FORM, cause);
    }

    /** Those that are asked for, and may take new calls. */
    List<Instance> choose(List<Instance> instances) {
        return instances.stream()
                .filter(instance -> chooses(instance.registration()))
                .toList();
    }

    private boolean chooses(Registration instance) {
        return instance.weight() > 0
                && instance.tags().entrySet().containsAll(tags.entrySet())
                && (zone == null || zone.equals(instance.zone()))
                && (version == null || version.equals(instance.version()))
                && (protocol == null || protocol == instance.protocol());
    }
}
