package io.rollcall.server.watch;

import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import java.util.List;

/**
 * What a watcher asks for.
 *
 * @param namespace of the services
 * @param services which; empty for all of the namespace, also those that do not exist yet
 * @param interest which of their instances
 * @param resumeAt registry index up to which it knows all; 0 if it begins
 * @param subscriber who it is
 */
public record StreamOrder(
        Namespace namespace, List<ServiceKey> services, Interest interest, long resumeAt, Subscriber subscriber) {

    /** Copies the list without repetition. */
    public StreamOrder {
        services = services.stream().distinct().toList();
    }
}
