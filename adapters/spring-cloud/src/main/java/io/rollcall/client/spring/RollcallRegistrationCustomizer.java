package io.rollcall.client.spring;

import io.rollcall.api.model.RegistrationBuilder;

/** Changes what the application registers of itself. A bean of the application. */
@FunctionalInterface
public interface RollcallRegistrationCustomizer {

    /**
     * Changes the registration.
     *
     * @param builder with all that the properties say, and the real port
     */
    void customize(RegistrationBuilder builder);
}
