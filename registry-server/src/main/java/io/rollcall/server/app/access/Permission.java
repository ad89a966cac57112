package io.rollcall.server.app.access;

import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import org.jspecify.annotations.Nullable;

/**
 * What a caller needs.
 *
 * @param resource of what kind
 * @param level to read or to write
 * @param namespace of the name; null where the resource has no names
 * @param name of what; empty where the resource has no names, and where any name will do
 */
public record Permission(
        AccessResource resource,
        AccessLevel level,
        @Nullable Namespace namespace,
        String name) {

    /**
     * A permission on a service.
     *
     * @param level to read or to write
     * @param service which
     * @return the permission
     */
    public static Permission of(AccessLevel level, ServiceKey service) {
        return new Permission(
                AccessResource.SERVICE,
                level,
                service.namespace(),
                service.name().value());
    }

    /**
     * A permission on a configuration key.
     *
     * @param level to read or to write
     * @param key which
     * @return the permission
     */
    public static Permission of(AccessLevel level, ConfigKey key) {
        return new Permission(AccessResource.CONFIG, level, key.namespace(), key.path());
    }

    /**
     * The permission to see a secret.
     *
     * @param key whose value is one
     * @return the permission
     */
    public static Permission secret(ConfigKey key) {
        return new Permission(AccessResource.SECRET, AccessLevel.READ, key.namespace(), key.path());
    }

    /**
     * A permission on what has no names.
     *
     * @param resource operator, acl or keys
     * @param level to read or to write
     * @return the permission
     */
    public static Permission of(AccessResource resource, AccessLevel level) {
        return new Permission(resource, level, null, "");
    }

    /**
     * Returns it as errors name it.
     *
     * @return such as {@code service:write orders}, and {@code config:read team-a/db/url} outside of the default namespace
     */
    public String text() {
        String what = resource.wireName() + ":" + level.wireName();
        if (name.isEmpty() || namespace == null) {
            return what;
        }
        return what + " " + (namespace.equals(Namespace.DEFAULT) ? name : namespace + "/" + name);
    }
}
