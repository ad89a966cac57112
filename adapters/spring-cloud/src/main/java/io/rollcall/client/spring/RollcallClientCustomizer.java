package io.rollcall.client.spring;

import io.rollcall.client.RegistryClientBuilder;

/** Sets what no property can, such as a token that is replaced while the application runs. A bean of the application. */
@FunctionalInterface
public interface RollcallClientCustomizer {

    /**
     * Changes the settings of the client.
     *
     * @param builder with all that the properties say
     */
    void customize(RegistryClientBuilder builder);
}
