package io.rollcall.server.app;

import io.rollcall.api.model.Instance;

/** Which of the three that make the status of an instance has the last word on it. */
enum StatusCause {
    /** Its lease has lapsed. */
    LEASE,
    /** Its health check, by what it has come to or by having come to nothing yet. */
    HEALTH,
    /** The operator, or nothing that speaks against it. */
    STATUS;

    static StatusCause of(Instance instance) {
        return switch (instance.status()) {
            case CRITICAL -> instance.leaseLapsed() ? LEASE : HEALTH;
            case STARTING, WARNING -> HEALTH;
            case PASSING, DRAINING, MAINTENANCE -> STATUS;
        };
    }
}
