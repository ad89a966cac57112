package io.rollcall.server.http;

import io.javalin.http.Context;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.ServiceName;
import io.rollcall.api.model.Violations;
import org.jspecify.annotations.Nullable;

/** The parameters in the path; they were decoded once, by the router. */
final class PathParameters {

    private PathParameters() {}

    static @Nullable ServiceName name(Context ctx, Violations violations) {
        return violations.collect(() -> new ServiceName(ctx.pathParam("name")));
    }

    static @Nullable InstanceId id(Context ctx, Violations violations) {
        return violations.collect(() -> new InstanceId(ctx.pathParam("id")));
    }

    /** The key of a configuration value, slashes and all. */
    static @Nullable ConfigKey key(Context ctx, Namespace namespace, Violations violations) {
        return violations.collect(() -> new ConfigKey(namespace, ctx.pathParam("key")));
    }

    /**
     * Reads name and id, and ends the check of the request.
     *
     * @throws io.rollcall.api.model.InvalidRequestException if anything was found so far
     */
    static InstanceKey instance(Context ctx, Namespace namespace, Violations violations) {
        ServiceName name = name(ctx, violations);
        InstanceId id = id(ctx, violations);
        violations.throwIfAny();
        if (name == null || id == null) {
            throw new IllegalStateException("a name or id without a value and without a violation");
        }
        return new InstanceKey(new ServiceKey(namespace, name), id);
    }
}
