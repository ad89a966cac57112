package io.rollcall.server.app;

import io.rollcall.api.model.ServiceKey;
import org.jspecify.annotations.Nullable;

/** What the leader has measured with its canary: how long a registration takes until those who follow are told. */
public interface CanaryReport {

    /** The service that is registered for it, in a namespace of the registry's own. */
    ServiceKey SERVICE = ServiceKey.of("rollcall-system", "canary");

    /**
     * Tells what was measured.
     *
     * @return UTF-8 JSON; null if this member does not lead, or measures nothing
     */
    byte @Nullable [] figures();
}
