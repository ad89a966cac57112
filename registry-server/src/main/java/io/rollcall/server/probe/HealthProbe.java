package io.rollcall.server.probe;

import io.rollcall.api.model.Registration;
import java.util.concurrent.CompletableFuture;

/** The way to ask an instance once whether it is well. */
public interface HealthProbe {

    /**
     * Asks; never blocks.
     *
     * @param registration with a health check
     * @return what was found; never fails; completed soon after the check's timeout at the latest, on any thread
     */
    CompletableFuture<ProbeResult> probe(Registration registration);
}
