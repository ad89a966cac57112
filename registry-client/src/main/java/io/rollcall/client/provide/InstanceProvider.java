package io.rollcall.client.provide;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Names;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.RegistrationBuilder;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the instances of this process registered. One request beats for all of them, at the pace that the registry asks for;
 * it goes to every node in turn until one acknowledges it. What the registry does not know any more is registered again;
 * what another process has registered is left to that.
 *
 * <p>It has three threads: one beats, one registers, one tells listeners; none waits for another. Thread-safe; one for a
 * process is enough. Closing it, or the end of the process, takes all instances out of traffic and out of the registry.
 */
public final class InstanceProvider implements AutoCloseable {

    private final RegistryClient client;
    private final List<URI> servers;
    private final ProviderOptions options;
    private final Roster roster = new Roster();
    private final Announcer announcer = new Announcer();
    private final Farewell farewell;
    private final Registering registering;
    private final Steps registrations;
    private final Steps beats;
    private final ReentrantLock closing = new ReentrantLock();
    private volatile boolean isClosed;
    private @Nullable Thread shutdownHook;

    private InstanceProvider(RegistryClient client, List<URI> servers, ProviderOptions options) {
        this.client = client;
        this.servers = List.copyOf(servers);
        this.options = options;
        this.farewell = new Farewell(client, options.drainWait());
        DoubleSupplier chance = () -> ThreadLocalRandom.current().nextDouble();
        this.beats = new Steps(
                "rollcall-provider-beat", new Pulse(client, roster, this::wakeRegistrar, System::nanoTime, chance));
        this.registrations = new Steps(
                "rollcall-provider-register", new Registrar(client, roster, beats::nudge, System::nanoTime, chance));
        this.registering = new Registering(registrations::nudge, options.registerTimeout());
    }

    /**
     * Starts a provider; what {@link RegistryClient#provider(ProviderOptions)} does.
     *
     * @param client over which it registers and beats
     * @param servers of the registry, for {@link #self}
     * @param options how
     * @return running, with no instance
     */
    public static InstanceProvider start(RegistryClient client, List<URI> servers, ProviderOptions options) {
        InstanceProvider provider = new InstanceProvider(client, servers, options);
        provider.announcer.start();
        provider.registrations.start();
        provider.beats.start();
        if (options.shutdownHook()) {
            Thread hook = new Thread(provider::close, "rollcall-provider-shutdown");
            provider.shutdownHook = hook;
            Runtime.getRuntime().addShutdownHook(hook);
        }
        return provider;
    }

    private void wakeRegistrar() {
        registering.begin();
    }

    /**
     * Starts the registration of this process: the service is {@code service.name}, the id {@code service.instance.id} or
     * else made of host and port, the version {@code service.version} of its {@link ProcessIdentity}; the host is the
     * address that this machine sends from to the registry.
     *
     * @param port where it serves
     * @return a builder with all of it, to be changed at will
     * @throws IllegalStateException if the process has no service name
     */
    public RegistrationBuilder self(int port) {
        String service = options.identity().serviceName();
        if (service == null) {
            throw new IllegalStateException("this process has no service name: set OTEL_SERVICE_NAME, or give it as in"
                    + " self(\"orders\", " + port + ")");
        }
        Names.requireName("service.name", service);
        return self(service, port);
    }

    /**
     * Starts the registration of this process, as {@link #self(int)} does.
     *
     * @param service its name
     * @param port where it serves
     * @return a builder with all of it, to be changed at will
     */
    public RegistrationBuilder self(String service, int port) {
        String host = OwnAddress.towards(servers);
        String id = options.identity().instanceId();
        if (id != null) {
            Names.requireId("service.instance.id", id);
        }
        InstanceKey key = new InstanceKey(client.service(service), new InstanceId(id == null ? host + "-" + port : id));
        return Registration.builder(key)
                .address(host, port)
                .version(options.identity().version());
    }

    /**
     * Registers this process as {@link #self(int)} describes it.
     *
     * @param port where it serves
     * @return registered
     * @throws io.rollcall.client.error.RegistryException as by {@link #register(Registration, RegisterOptions)}
     */
    public LiveRegistration register(int port) {
        return register(self(port).build());
    }

    /**
     * Registers an instance and keeps it registered.
     *
     * @param registration what to register
     * @return registered
     * @throws io.rollcall.client.error.RegistryException as by {@link #register(Registration, RegisterOptions)}
     */
    public LiveRegistration register(Registration registration) {
        return register(registration, RegisterOptions.defaults());
    }

    /**
     * Registers an instance and keeps it registered. Tries for as long as {@link ProviderOptions#registerTimeout}.
     *
     * @param registration what to register
     * @param how takeover, listener
     * @return registered
     * @throws io.rollcall.client.error.RegistryException if it was refused, or not answered in time; nothing is kept then. An
     *     instance whose registration is unknown is in the registry for the time of its lease at most
     * @throws IllegalStateException if the provider is closed, or keeps an instance with that id already
     */
    public LiveRegistration register(Registration registration, RegisterOptions how) {
        KeptInstance kept = keep(registration, how, true);
        Optional<Outcome<Instance>> failure = registering.await(kept, kept.awaited());
        if (failure.isPresent()) {
            kept.abandon();
            failure.get().orThrow();
        }
        return live(kept);
    }

    /**
     * Registers an instance as soon as the registry can be reached and takes it, and keeps it registered. Returns at once,
     * so that a service can start before its registry.
     *
     * @param registration what to register
     * @return {@link RegistrationState#REGISTERING}
     * @throws IllegalStateException if the provider is closed, or keeps an instance with that id already
     */
    public LiveRegistration registerEventually(Registration registration) {
        return registerEventually(registration, RegisterOptions.defaults());
    }

    /**
     * Registers an instance as soon as the registry can be reached and takes it, and keeps it registered. Returns at once,
     * so that a service can start before its registry. A refusal is told to the listener; it goes on being tried if the
     * reason may pass, such as the lease of a predecessor at another address, a quota or a permission.
     *
     * @param registration what to register
     * @param how takeover, listener
     * @return {@link RegistrationState#REGISTERING}
     * @throws IllegalStateException if the provider is closed, or keeps an instance with that id already
     */
    public LiveRegistration registerEventually(Registration registration, RegisterOptions how) {
        KeptInstance kept = keep(registration, how, false);
        registering.begin();
        return live(kept);
    }

    private KeptInstance keep(Registration registration, RegisterOptions how, boolean failsFast) {
        KeptInstance kept = new KeptInstance(
                registration,
                how.takeover(),
                failsFast,
                System.nanoTime(),
                announcer.to(List.of(options.listener(), how.listener())));
        roster.add(kept);
        return kept;
    }

    private LiveRegistration live(KeptInstance kept) {
        return new LiveRegistration(kept, options, registering, farewell);
    }

    /**
     * Returns the registrations that have not ended.
     *
     * @return in no order
     */
    public List<LiveRegistration> live() {
        return roster.all().stream().map(this::live).toList();
    }

    /**
     * Tells whether it is closed, or being closed.
     *
     * @return true if it takes no registration any more
     */
    public boolean isClosed() {
        return isClosed;
    }

    /**
     * Drains and deregisters all instances at the same time, within {@link ProviderOptions#closeTimeout}, then ends its
     * threads. What cannot be done by then is left to the leases. Returns when that is done, also if another thread has
     * begun it.
     */
    @Override
    public void close() {
        closing.lock();
        try {
            if (!isClosed) {
                isClosed = true;
                farewell.run(roster.close(), options.closeTimeout());
                registrations.close();
                beats.close();
                announcer.close();
                removeHook();
            }
        } finally {
            closing.unlock();
        }
    }

    private void removeHook() {
        Thread hook = shutdownHook;
        if (hook != null && Thread.currentThread() != hook) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending: the hook waits for this, and then does nothing.
                shutdownHook = null;
            }
        }
    }
}
