package io.rollcall.client.spring;

import io.rollcall.api.model.ServiceKey;
import org.jspecify.annotations.Nullable;

/** Nothing is known of a service: the registry was never reached, or refuses to tell. It is asked further; try later. */
public final class InstancesUnknownException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InstancesUnknownException(ServiceKey service, @Nullable String problem) {
        super("nothing is known of service '" + service + "', not even that it has no instances"
                + (problem == null ? "" : ": " + problem));
    }
}
