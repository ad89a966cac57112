package io.rollcall.server.app;

import io.rollcall.api.model.Registration;
import org.jspecify.annotations.Nullable;

/** Which addresses this cluster may be made to probe. Nothing is resolved or connected to for the answer. */
public interface CheckTargets {

    /**
     * Tells why the health check of a registration must not be probed, as far as its literal address shows.
     *
     * @param registration keeps all other rules
     * @return how {@code host} breaks the rule, as a sentence part that follows the field's name; null if it does not,
     *     or if there is no check
     */
    @Nullable
    String refusal(Registration registration);
}
