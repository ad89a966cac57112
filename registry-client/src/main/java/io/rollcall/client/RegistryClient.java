package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.ServiceName;
import io.rollcall.api.wire.InstanceReader;
import io.rollcall.client.answer.BatchResult;
import io.rollcall.client.answer.ClusterView;
import io.rollcall.client.answer.Discovery;
import io.rollcall.client.answer.DrainReport;
import io.rollcall.client.answer.ExpiryView;
import io.rollcall.client.answer.HistoryPage;
import io.rollcall.client.answer.InstancePage;
import io.rollcall.client.answer.RegistryStats;
import io.rollcall.client.answer.Renewal;
import io.rollcall.client.answer.RenewalTally;
import io.rollcall.client.answer.ServicePage;
import io.rollcall.client.answer.WritePreview;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A registry, reached through whichever of its nodes answers.
 *
 * <p>A call stays with one node while that answers, and goes on with the next when it refuses connections, does not
 * answer in time, or says that another may. Every attempt of one write carries the same request id, so that it is done
 * at most once. No method throws for what the registry or the network does: see {@link Outcome}. Interrupting a waiting
 * thread ends its call at once, with the flag set again.
 *
 * <p>Thread-safe; make one and share it.
 */
public final class RegistryClient implements AutoCloseable {

    /** A node may have to go far back on its disk for an answer about the past. */
    private static final Duration PAST_HOLDS = Duration.ofSeconds(10);

    private final ClientSettings settings;
    private final Namespace namespace;
    private final Failover failover;
    private final Exchange exchange;
    private final AtomicLong highestWritten = new AtomicLong();

    RegistryClient(ClientSettings settings, Namespace namespace, Failover failover, Exchange exchange) {
        this.settings = settings;
        this.namespace = namespace;
        this.failover = failover;
        this.exchange = exchange;
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
        return write(Writes.register(registration, options));
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
        return write(Writes.registerNew(registration, options));
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
        return write(Writes.registerAll(batch, atomic, options));
    }

    /**
     * Takes an instance out of the registry.
     *
     * @param instance which
     * @param options condition, incarnation, request id
     * @return true; refused with {@code instance-not-found} if it was not there
     */
    public Outcome<Boolean> deregister(InstanceKey instance, WriteOptions options) {
        return write(Writes.deregister(instance, options));
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
        return write(Writes.deregisterAll(service, selection, confirmed, options));
    }

    /**
     * Sets the operator's word on an instance.
     *
     * @param instance which
     * @param word what the operator says
     * @param options condition, request id
     * @return the instance afterwards
     */
    public Outcome<Instance> setStatus(InstanceKey instance, OperatorWord word, WriteOptions options) {
        return write(Writes.setStatus(instance, word, options));
    }

    /**
     * Takes the operator's word on an instance back.
     *
     * @param instance which
     * @param options condition, request id
     * @return the instance afterwards
     */
    public Outcome<Instance> clearStatus(InstanceKey instance, WriteOptions options) {
        return write(Writes.clearStatus(instance, options));
    }

    /**
     * Takes an instance out of traffic and waits until those who watch its service know it. What takes it back is {@link
     * #clearStatus}.
     *
     * @param instance which
     * @param wait zero to ten minutes; the call may take so much longer than others
     * @param reason why; may be empty
     * @param options request id
     * @return who knows it; refused with {@code instance-not-found} if it was not there
     */
    public Outcome<DrainReport> drain(InstanceKey instance, Duration wait, String reason, WriteOptions options) {
        return write(Writes.drain(instance, wait, reason, options));
    }

    /**
     * Tells that an instance lives.
     *
     * @param heartbeat of which instance
     * @return the lease; refused with {@code instance-not-found} if it is to be registered anew, and with {@code
     *     stale-incarnation} if the id was registered again since; unanswered if nobody confirmed it: to be repeated soon
     */
    public Outcome<Renewal> heartbeat(Heartbeat heartbeat) {
        return failover.run(Beats.one(heartbeat));
    }

    /**
     * Tells that many instances of one namespace live.
     *
     * @param heartbeats 1 to {@value Heartbeat#MAX_BATCH}; an instance may be there more than once
     * @return what became of each; unanswered if nobody confirmed any: to be repeated soon
     * @throws IllegalArgumentException if the batch is empty or too long, or mixes namespaces
     */
    public Outcome<RenewalTally> heartbeats(List<Heartbeat> heartbeats) {
        return failover.run(Beats.many(heartbeats));
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
        return failover.run(Writes.previewRegister(registration, onlyNew, options));
    }

    /**
     * Says what a deregistration would do.
     *
     * @param instance which
     * @param options as of the deregistration; the request id is not used
     * @return what would be done; refused as the deregistration would be
     */
    public Outcome<WritePreview> previewDeregister(InstanceKey instance, WriteOptions options) {
        return failover.run(Writes.previewDeregister(instance, options));
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
        String path = Writes.path(Paths.SERVICE, service);
        return read(path, service.namespace(), selection, options, Discovery::read);
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
        return read(Paths.SERVICES, namespace, Selection.healthy(), options, ServicePage::read);
    }

    /**
     * Lists the instances of all services of this client's namespace.
     *
     * @param selection which
     * @param options how to read, and which page; 1,000 unless told
     * @return a page
     */
    public Outcome<InstancePage> instances(Selection selection, ReadOptions options) {
        return read(Paths.INSTANCES, namespace, selection, options, InstancePage::read);
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
        QueryParameters parameters = Writes.inNamespace(service.namespace());
        range.addTo(parameters);
        return read(Writes.path(Paths.SERVICE_HISTORY, service), parameters, options, PAST_HOLDS, HistoryPage::read);
    }

    /**
     * Reads one instance, whatever its status.
     *
     * @param instance which
     * @param options how to read
     * @return the instance; refused with {@code instance-not-found} if it is not there
     */
    public Outcome<Instance> instance(InstanceKey instance, ReadOptions options) {
        String path = Writes.path(Paths.INSTANCE, instance);
        return read(path, instance.service().namespace(), Selection.healthy(), options, InstanceReader::read);
    }

    /**
     * Counts services and instances of this client's namespace.
     *
     * @param options how to read
     * @return the counts
     */
    public Outcome<RegistryStats> stats(ReadOptions options) {
        return read(Paths.STATS, namespace, Selection.healthy(), options, RegistryStats::read);
    }

    /**
     * Reads the cluster as the answering node knows it, also without a quorum.
     *
     * @return members and leader
     */
    public Outcome<ClusterView> cluster() {
        return failover.run(Call.read(Paths.CLUSTER, ClusterView::read));
    }

    /**
     * Reads what the leader's expiry governor holds back.
     *
     * @return what, why, and until when
     */
    public Outcome<ExpiryView> expiry() {
        return failover.run(Call.read(Paths.CLUSTER_EXPIRY, ExpiryView::read));
    }

    /**
     * Lets go what the leader's expiry governor holds back; doing so again is harmless.
     *
     * @return what is held back after that
     */
    public Outcome<ExpiryView> releaseExpiry() {
        return failover.run(Call.repeatable("POST", Paths.CLUSTER_EXPIRY_RELEASE, null, ExpiryView::read));
    }

    /**
     * Returns the highest registry index that this client's writes had.
     *
     * @return 0 before the first write; what {@link ReadOptions#withMinIndex} takes on another client
     */
    public long highestWritten() {
        return highestWritten.get();
    }

    /** Ends the client's connections once running calls have ended. */
    @Override
    public void close() {
        exchange.close();
    }

    private <T> Outcome<T> write(Call<T> call) {
        Outcome<T> outcome = failover.run(call);
        if (outcome instanceof Outcome.Done<T> done) {
            highestWritten.accumulateAndGet(done.index(), Math::max);
        }
        return outcome;
    }

    private <T> Outcome<T> read(
            String path,
            Namespace ofNamespace,
            Selection selection,
            ReadOptions options,
            Function<JsonNode, T> reader) {
        QueryParameters parameters = Writes.inNamespace(ofNamespace);
        selection.addTo(parameters);
        return read(path, parameters, options, options.at() == null ? Duration.ZERO : PAST_HOLDS, reader);
    }

    private <T> Outcome<T> read(
            String path,
            QueryParameters parameters,
            ReadOptions options,
            Duration holds,
            Function<JsonNode, T> reader) {
        boolean waits = settings.readYourWrites() && options.consistency() == Consistency.STALE;
        long minIndex = waits ? Math.max(options.minIndex(), highestWritten.get()) : options.minIndex();
        options.withMinIndex(minIndex).addTo(parameters);
        return failover.run(Call.read(path + parameters, reader).holding(holds));
    }
}
