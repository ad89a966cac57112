package io.rollcall.client.directory;

import io.rollcall.api.model.ServiceKey;

/** Nothing is known of a service, or nothing that is new enough. Ask again later; {@link ServiceDirectory#health} says why. */
public final class StaleDataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient ServiceKey service;

    StaleDataException(ServiceKey service, String message) {
        super(message);
        this.service = service;
    }

    /**
     * Returns the service.
     *
     * @return which was asked for
     */
    public ServiceKey service() {
        return service;
    }
}
