package io.rollcall.client.provide;

import java.time.Duration;

/**
 * How a provider keeps its instances registered.
 *
 * @param identity what this process is called, for registrations that do not say
 * @param registerTimeout how long {@link InstanceProvider#register} and {@link LiveRegistration#update} try. Too small: an
 *     election at the wrong moment fails the start of a service. Too large: a start without a registry is noticed late
 * @param drainWait how long {@code close} waits until those who watch the service know that an instance goes, before it
 *     is deregistered; zero: it is deregistered at once. Too small: calls still come to what is gone. Too large: one dead
 *     watcher holds up each stop
 * @param closeTimeout for {@code close} with everything in it. Too small: instances stay until their leases are over. Too
 *     large: the process is killed before it ends by itself (containers have 10 s unless told)
 * @param shutdownHook whether the end of the process (SIGTERM, {@code System.exit}) closes the provider
 * @param listener is told what becomes of all instances
 */
public record ProviderOptions(
        ProcessIdentity identity,
        Duration registerTimeout,
        Duration drainWait,
        Duration closeTimeout,
        boolean shutdownHook,
        RegistrationListener listener) {

    /** How long registering tries unless told. */
    public static final Duration DEFAULT_REGISTER_TIMEOUT = Duration.ofSeconds(30);

    /** How long a closing instance waits for those who watch its service unless told. */
    public static final Duration DEFAULT_DRAIN_WAIT = Duration.ofSeconds(5);

    /** How long closing takes at most unless told. */
    public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(8);

    /** The longest wait that the registry takes. */
    static final Duration MAX_DRAIN_WAIT = Duration.ofMinutes(10);

    /** Checks them. */
    public ProviderOptions {
        requirePositive("registerTimeout", registerTimeout);
        requirePositive("closeTimeout", closeTimeout);
        if (drainWait.isNegative() || drainWait.compareTo(MAX_DRAIN_WAIT) > 0) {
            throw new IllegalArgumentException("drainWait must be 0 s to " + MAX_DRAIN_WAIT + ", is " + drainWait);
        }
    }

    private static void requirePositive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(what + " must be above zero, is " + value);
        }
    }

    /**
     * What suits most services: the identity of this process, a shutdown hook, no listener.
     *
     * @return the options
     */
    public static ProviderOptions defaults() {
        return new ProviderOptions(
                ProcessIdentity.ofThisProcess(),
                DEFAULT_REGISTER_TIMEOUT,
                DEFAULT_DRAIN_WAIT,
                DEFAULT_CLOSE_TIMEOUT,
                true,
                event -> {});
    }

    /**
     * Sets what this process is called.
     *
     * @param value the identity
     * @return a copy
     */
    public ProviderOptions withIdentity(ProcessIdentity value) {
        return new ProviderOptions(value, registerTimeout, drainWait, closeTimeout, shutdownHook, listener);
    }

    /**
     * Sets how long registering tries.
     *
     * @param value more than zero
     * @return a copy
     */
    public ProviderOptions withRegisterTimeout(Duration value) {
        return new ProviderOptions(identity, value, drainWait, closeTimeout, shutdownHook, listener);
    }

    /**
     * Sets how long a closing instance waits for those who watch its service.
     *
     * @param value zero to ten minutes
     * @return a copy
     */
    public ProviderOptions withDrainWait(Duration value) {
        return new ProviderOptions(identity, registerTimeout, value, closeTimeout, shutdownHook, listener);
    }

    /**
     * Sets how long closing may take.
     *
     * @param value more than zero
     * @return a copy
     */
    public ProviderOptions withCloseTimeout(Duration value) {
        return new ProviderOptions(identity, registerTimeout, drainWait, value, shutdownHook, listener);
    }

    /**
     * Sets whether the end of the process closes the provider.
     *
     * @param value true unless told
     * @return a copy
     */
    public ProviderOptions withShutdownHook(boolean value) {
        return new ProviderOptions(identity, registerTimeout, drainWait, closeTimeout, value, listener);
    }

    /**
     * Sets who is told what becomes of all instances.
     *
     * @param value the listener
     * @return a copy
     */
    public ProviderOptions withListener(RegistrationListener value) {
        return new ProviderOptions(identity, registerTimeout, drainWait, closeTimeout, shutdownHook, value);
    }
}
