package io.rollcall.client;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.ServiceName;
import io.rollcall.client.answer.BatchResult;
import io.rollcall.client.answer.Discovery;
import io.rollcall.client.answer.HistoryPage;
import io.rollcall.client.answer.InstancePage;
import io.rollcall.client.answer.Renewal;
import io.rollcall.client.answer.RenewalTally;
import io.rollcall.client.answer.ServicePage;
import io.rollcall.client.answer.WritePreview;
import io.rollcall.client.directory.DirectoryMode;
import io.rollcall.client.directory.DirectoryOptions;
import io.rollcall.client.directory.ServiceDirectory;
import io.rollcall.client.provide.InstanceProvider;
import io.rollcall.client.provide.ProviderOptions;
import io.rollcall.client.watch.WatchListener;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A registry, reached through whichever of its nodes answers.
 *
 * <p>A call stays with one node while that answers, and goes on with the next when it refuses connections, does not
 * answer in time, or says that another may. Every attempt of one write carries the same request id, so that it is done
 * at most once. No method throws for what the registry or the network does: see {@link Outcome}. Interrupting a waiting
 * thread ends its call at once, with the flag set again. {@link #async} has the same calls without waiting.
 *
 * <p>Thread-safe; make one and share it.
 */
public final class RegistryClient implements AutoCloseable {

    private final Namespace namespace;
    private final ClientThreads threads;
    private final Exchange exchange;
    private final Failover failover;
    private final Calls calls;
    private final AsyncRegistryClient async;
    private final RegistryOperations operations;
    private final ConfigClient config;
    private final AccessClient access;
    private final Watches watches;
    private final List<ServiceDirectory> directories = new CopyOnWriteArrayList<>();
    private final List<URI> servers;
    private final Queue<InstanceProvider> providers = new ConcurrentLinkedQueue<>();

    RegistryClient(
            ClientSettings settings, Namespace namespace, Failover failover, Exchange exchange, ClientThreads threads) {
        this.namespace = namespace;
        this.threads = threads;
        this.exchange = exchange;
        this.failover = failover;
        this.calls = new Calls(failover, new OwnWrites(settings.readYourWrites()), threads);
        this.async = new AsyncRegistryClient(namespace, calls);
        this.operations = new RegistryOperations(namespace, calls);
        this.servers = settings.servers();
        this.watches = new Watches(settings, exchange, failover.telemetry().deliveries(), threads);
        this.config = new ConfigClient(namespace, calls, watches);
        this.access = new AccessClient(calls);
    }

    /**
     * Starts a client.
     *
     * @return a builder with all defaults and no server
     */
    public static RegistryClientBuilder builder() {
        return new RegistryClientBuilder();
    }

    /**
     * A service in this client's namespace.
     *
     * @param name its name
     * @return the key
     * @throws io.rollcall.api.model.InvalidRequestException if it is no name
     */
    public ServiceKey service(String name) {
        return new ServiceKey(namespace, new ServiceName(name));
    }

    /**
     * Registers an instance, or replaces the one with its id.
     *
     * @param registration what to register
     * @param options takeover, condition, request id
     * @return the instance as registered
     */
    public Outcome<Instance> register(Registration registration, WriteOptions options) {
        return calls.run(Writes.register(registration, options));
    }

    /**
     * Registers an instance, or replaces the one with its id.
     *
     * @param registration what to register
     * @return the instance as registered
     */
    public Outcome<Instance> register(Registration registration) {
        return register(registration, WriteOptions.none());
    }

    /**
     * Registers an instance whose id is not taken.
     *
     * @param registration what to register
     * @param options request id
     * @return the instance as registered; refused with {@code instance-already-exists} if the id is taken
     */
    public Outcome<Instance> registerNew(Registration registration, WriteOptions options) {
        return calls.run(Writes.registerNew(registration, options));
    }

    /**
     * Registers or replaces many instances of one namespace.
     *
     * @param batch 1 to 1,000
     * @param atomic whether one refusal refuses all
     * @param options takeover, request id
     * @return what became of each; refused with {@code batch-refused} if atomic and one was
     * @throws IllegalArgumentException if the batch is empty or mixes namespaces
     */
    public Outcome<BatchResult> registerAll(List<Registration> batch, boolean atomic, WriteOptions options) {
        return calls.run(Writes.registerAll(batch, atomic, options));
    }

    /**
     * Takes an instance out of the registry.
     *
     * @param instance which
     * @param options condition, incarnation, request id
     * @return true; refused with {@code instance-not-found} if it was not there
     */
    public Outcome<Boolean> deregister(InstanceKey instance, WriteOptions options) {
        return calls.run(Writes.deregister(instance, options));
    }

    /**
     * Takes the selected instances of a service out of the registry.
     *
     * @param service of which service
     * @param selection which; {@link Selection#any} with nothing more needs the confirmation
     * @param confirmed whether more than a small share may go
     * @param options request id
     * @return how many went; refused with {@code confirmation-required} if that is too great a share
     */
    public Outcome<Long> deregisterAll(
            ServiceKey service, Selection selection, boolean confirmed, WriteOptions options) {
        return calls.run(Writes.deregisterAll(service, selection, confirmed, options));
    }

    /**
     * Tells that an instance lives.
     *
     * @param heartbeat of which instance
     * @return the lease; refused with {@code instance-not-found} if it is to be registered anew, and with {@code
     *     stale-incarnation} if the id was registered again since; unanswered if nobody confirmed it: to be repeated soon
     */
    public Outcome<Renewal> heartbeat(Heartbeat heartbeat) {
        return calls.run(Beats.one(heartbeat));
    }

    /**
     * Tells that many instances of one namespace live.
     *
     * @param heartbeats 1 to {@value Heartbeat#MAX_BATCH}; an instance may be there more than once
     * @return what became of each; unanswered if nobody confirmed any: to be repeated soon
     * @throws IllegalArgumentException if the batch is empty or too long, or mixes namespaces
     */
    public Outcome<RenewalTally> heartbeats(List<Heartbeat> heartbeats) {
        return calls.run(Beats.many(heartbeats));
    }

    /**
     * Tells that many instances of one namespace live, for as long as it is of use to them: leases end, and an attempt on a
     * server that hangs must leave time for the others.
     *
     * @param heartbeats as above
     * @param limits how long the call and each of its attempts may take
     * @return as above
     * @throws IllegalArgumentException as above
     */
    public Outcome<RenewalTally> heartbeats(List<Heartbeat> heartbeats, CallLimits limits) {
        return calls.run(Beats.many(heartbeats), limits);
    }

    /**
     * Says what a registration would do.
     *
     * @param registration what would be registered
     * @param onlyNew whether as by {@link #registerNew}, not as by {@link #register}
     * @param options as of the registration; the request id is not used
     * @return what would be done; refused as the registration would be
     */
    public Outcome<WritePreview> previewRegister(Registration registration, boolean onlyNew, WriteOptions options) {
        return calls.run(Writes.previewRegister(registration, onlyNew, options));
    }

    /**
     * Says what a deregistration would do.
     *
     * @param instance which
     * @param options as of the deregistration; the request id is not used
     * @return what would be done; refused as the deregistration would be
     */
    public Outcome<WritePreview> previewDeregister(InstanceKey instance, WriteOptions options) {
        return calls.run(Writes.previewDeregister(instance, options));
    }

    /**
     * Finds the instances of a service.
     *
     * @param service which; an unknown one has none
     * @param selection which of its instances
     * @param options how to read
     * @return the instances, all in one answer unless the options set a limit
     */
    public Outcome<Discovery> discover(ServiceKey service, Selection selection, ReadOptions options) {
        return calls.run(Reads.discover(service, selection, calls.seen(options)));
    }

    /**
     * Finds the instances of a service that may take traffic, by a stale read.
     *
     * @param service which; an unknown one has none
     * @return the instances
     */
    public Outcome<Discovery> discover(ServiceKey service) {
        return discover(service, Selection.healthy(), ReadOptions.stale());
    }

    /**
     * Lists the services of this client's namespace.
     *
     * @param options how to read, and which page; 1,000 unless told
     * @return a page
     */
    public Outcome<ServicePage> services(ReadOptions options) {
        return calls.run(Reads.services(namespace, calls.seen(options)));
    }

    /**
     * Lists the instances of all services of this client's namespace.
     *
     * @param selection which
     * @param options how to read, and which page; 1,000 unless told
     * @return a page
     */
    public Outcome<InstancePage> instances(Selection selection, ReadOptions options) {
        return calls.run(Reads.instances(namespace, selection, calls.seen(options)));
    }

    /**
     * Reads what happened to the instances of a service.
     *
     * @param service which; an unknown one has no history
     * @param range which changes
     * @param options how to read, and which page; 100 changes unless told; {@link ReadOptions#at} must be null
     * @return a page, newest first
     */
    public Outcome<HistoryPage> history(ServiceKey service, HistoryRange range, ReadOptions options) {
        return calls.run(Reads.history(service, range, calls.seen(options)));
    }

    /**
     * Reads one instance, whatever its status.
     *
     * @param instance which
     * @param options how to read
     * @return the instance; refused with {@code instance-not-found} if it is not there
     */
    public Outcome<Instance> instance(InstanceKey instance, ReadOptions options) {
        return calls.run(Reads.instance(instance, calls.seen(options)));
    }

    /**
     * Is told of every change of services from now on, without end: first of what there is.
     *
     * @param services of this client's namespace; none for all of it, also those that do not exist yet
     * @param options which instances, and how
     * @param listener is told, on a thread of the watch
     * @return running; closed with the client at the latest
     * @throws IllegalArgumentException if a service is of another namespace
     */
    public Watch watch(List<ServiceKey> services, WatchOptions options, WatchListener listener) {
        WatchTarget target = WatchTarget.of(namespace, services, options);
        return watches.start(target, options, new ServiceSubject(listener), listener);
    }

    /**
     * Opens a directory: what a consumer knows of the services that it calls, kept current and kept through outages.
     *
     * @param options how it learns, and what it believes
     * @return asks for nothing yet; make one and share it; closed with the client at the latest
     */
    public ServiceDirectory directory(DirectoryOptions options) {
        directories.removeIf(earlier -> earlier.mode() == DirectoryMode.CLOSED);
        ServiceDirectory directory = ServiceDirectory.open(this, options);
        directories.add(directory);
        return directory;
    }

    /**
     * Registers the instances of this process and keeps them registered, with all defaults.
     *
     * @return running; closed with the client at the latest
     */
    public InstanceProvider provider() {
        return provider(ProviderOptions.defaults());
    }

    /**
     * Registers the instances of this process and keeps them registered. One provider is enough for all of them.
     *
     * @param options how
     * @return running; closed with the client at the latest
     */
    public InstanceProvider provider(ProviderOptions options) {
        providers.removeIf(InstanceProvider::isClosed);
        InstanceProvider provider = InstanceProvider.start(this, servers, options);
        providers.add(provider);
        return provider;
    }

    /**
     * Returns what those ask who run a registry: the operator's word, explanations, the
     * cluster, expiry.
     *
     * @return over the same connections
     */
    public RegistryOperations operations() {
        return operations;
    }

    /**
     * Returns the registry's configuration.
     *
     * @return in this client's namespace; ends with it
     */
    public ConfigClient config() {
        return config;
    }

    /**
     * Returns the registry's tokens and policies.
     *
     * @return over the same connections
     */
    public AccessClient access() {
        return access;
    }

    /**
     * Returns the highest registry index that this client's writes had.
     *
     * @return 0 before the first write; what {@link ReadOptions#withMinIndex} takes on another client
     */
    public long highestWritten() {
        return calls.highestWritten();
    }

    /**
     * Returns the same calls without waiting.
     *
     * @return over the same connections; ends with this client
     */
    public AsyncRegistryClient async() {
        return async;
    }

    /**
     * Ends the client: its providers, its directories, its watches, the calls that are under way (a write among them is then
     * unknown), its connections and its threads. A call that is made later is unanswered.
     */
    @Override
    public void close() {
        providers.forEach(InstanceProvider::close);
        directories.forEach(ServiceDirectory::close);
        watches.close();
        failover.close();
        exchange.close();
        threads.close();
    }
}
