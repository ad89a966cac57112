package io.rollcall.client.provide;

/** Is told what becomes of live registrations, on one thread of the provider, one call after the other, in order. */
@FunctionalInterface
public interface RegistrationListener {

    /**
     * Takes an event. However long that takes, and whatever it throws, no beat is held up by it; an exception is logged.
     *
     * @param event the next one
     */
    void onEvent(RegistrationEvent event);
}
