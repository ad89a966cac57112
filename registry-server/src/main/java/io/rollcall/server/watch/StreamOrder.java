package io.rollcall.server.watch;

import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a watcher asks for.
 *
 * @param namespace of the services
 * @param services which; empty for all of the namespace, also those that do not exist yet
 * @param interest which of their instances
 * @param resumeAt registry index up to which it knows all; 0 if it begins
 * @param subscriber who it is
 * @param sees which of the services he is told of, asked again at each event
 */
public record StreamOrder(
        Namespace namespace,
        List<ServiceKey> services,
        Interest interest,
        long resumeAt,
        Subscriber subscriber,
        Predicate<ServiceKey> sees) {

    /**
     * Of one who sees all that he asks for.
     *
     * @param namespace of the services
     * @param services which
     * @param interest which of their instances
     * @param resumeAt registry index up to which it knows all
     * @param subscriber who it is
     */
    public StreamOrder(
            Namespace namespace, List<ServiceKey> services, Interest interest, long resumeAt, Subscriber subscriber) {
        this(namespace, services, interest, resumeAt, subscriber, service -> true);
    }

    /** Copies the list without repetition. */
    public StreamOrder {
        services = services.stream().distinct().toList();
    }
}
