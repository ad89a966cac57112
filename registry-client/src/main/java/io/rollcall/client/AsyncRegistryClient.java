package io.rollcall.client;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.answer.BatchResult;
import io.rollcall.client.answer.Discovery;
import io.rollcall.client.answer.HistoryPage;
import io.rollcall.client.answer.InstancePage;
import io.rollcall.client.answer.Renewal;
import io.rollcall.client.answer.RenewalTally;
import io.rollcall.client.answer.ServicePage;
import io.rollcall.client.answer.WritePreview;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The calls of {@link RegistryClient} without waiting. A future never fails for what the registry or the network does: it
 * holds an {@link Outcome}. Cancelling it, or ending it otherwise, breaks its call off; a write may have been done then.
 *
 * <p>What hangs on a future runs on a thread of the client that may wait, also for other calls of the client, or on the
 * {@link RegistryClientBuilder#executor}. Thread-safe.
 */
public final class AsyncRegistryClient {

    private final Namespace namespace;
    private final Calls calls;
    private final AsyncRegistryOperations operations;
    private final AsyncConfigClient config;

    AsyncRegistryClient(Namespace namespace, Calls calls) {
        this.namespace = namespace;
        this.calls = calls;
        this.operations = new AsyncRegistryOperations(namespace, calls);
        this.config = new AsyncConfigClient(namespace, calls);
    }

    /**
     * Does as {@link RegistryClient#register(Registration, WriteOptions)} does, without waiting.
     *
     * @param registration as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<Instance>> register(Registration registration, WriteOptions options) {
        return calls.start(Writes.register(registration, options));
    }

    /**
     * Does as {@link RegistryClient#register(Registration)} does, without waiting.
     *
     * @param registration as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<Instance>> register(Registration registration) {
        return register(registration, WriteOptions.none());
    }

    /**
     * Does as {@link RegistryClient#registerNew(Registration, WriteOptions)} does, without waiting.
     *
     * @param registration as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<Instance>> registerNew(Registration registration, WriteOptions options) {
        return calls.start(Writes.registerNew(registration, options));
    }

    /**
     * Does as {@link RegistryClient#registerAll(List, boolean, WriteOptions)} does, without waiting.
     *
     * @param batch as there
     * @param atomic as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<BatchResult>> registerAll(
            List<Registration> batch, boolean atomic, WriteOptions options) {
        return calls.start(Writes.registerAll(batch, atomic, options));
    }

    /**
     * Does as {@link RegistryClient#deregister(InstanceKey, WriteOptions)} does, without waiting.
     *
     * @param instance as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<Boolean>> deregister(InstanceKey instance, WriteOptions options) {
        return calls.start(Writes.deregister(instance, options));
    }

    /**
     * Does as {@link RegistryClient#deregisterAll(ServiceKey, Selection, boolean, WriteOptions)} does, without waiting.
     *
     * @param service as there
     * @param selection as there
     * @param confirmed as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<Long>> deregisterAll(
            ServiceKey service, Selection selection, boolean confirmed, WriteOptions options) {
        return calls.start(Writes.deregisterAll(service, selection, confirmed, options));
    }

    /**
     * Does as {@link RegistryClient#heartbeat(Heartbeat)} does, without waiting.
     *
     * @param heartbeat as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<Renewal>> heartbeat(Heartbeat heartbeat) {
        return calls.start(Beats.one(heartbeat));
    }

    /**
     * Does as {@link RegistryClient#heartbeats(List)} does, without waiting.
     *
     * @param heartbeats as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<RenewalTally>> heartbeats(List<Heartbeat> heartbeats) {
        return calls.start(Beats.many(heartbeats));
    }

    /**
     * Does as {@link RegistryClient#heartbeats(List, CallLimits)} does, without waiting.
     *
     * @param heartbeats as there
     * @param limits as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<RenewalTally>> heartbeats(List<Heartbeat> heartbeats, CallLimits limits) {
        return calls.start(Beats.many(heartbeats), limits);
    }

    /**
     * Does as {@link RegistryClient#previewRegister(Registration, boolean, WriteOptions)} does, without waiting.
     *
     * @param registration as there
     * @param onlyNew as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<WritePreview>> previewRegister(
            Registration registration, boolean onlyNew, WriteOptions options) {
        return calls.start(Writes.previewRegister(registration, onlyNew, options));
    }

    /**
     * Does as {@link RegistryClient#previewDeregister(InstanceKey, WriteOptions)} does, without waiting.
     *
     * @param instance as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<WritePreview>> previewDeregister(InstanceKey instance, WriteOptions options) {
        return calls.start(Writes.previewDeregister(instance, options));
    }

    /**
     * Does as {@link RegistryClient#discover(ServiceKey, Selection, ReadOptions)} does, without waiting.
     *
     * @param service as there
     * @param selection as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<Discovery>> discover(
            ServiceKey service, Selection selection, ReadOptions options) {
        return calls.start(Reads.discover(service, selection, calls.seen(options)));
    }

    /**
     * Does as {@link RegistryClient#discover(ServiceKey)} does, without waiting.
     *
     * @param service as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<Discovery>> discover(ServiceKey service) {
        return discover(service, Selection.healthy(), ReadOptions.stale());
    }

    /**
     * Does as {@link RegistryClient#services(ReadOptions)} does, without waiting.
     *
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<ServicePage>> services(ReadOptions options) {
        return calls.start(Reads.services(namespace, calls.seen(options)));
    }

    /**
     * Does as {@link RegistryClient#instances(Selection, ReadOptions)} does, without waiting.
     *
     * @param selection as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<InstancePage>> instances(Selection selection, ReadOptions options) {
        return calls.start(Reads.instances(namespace, selection, calls.seen(options)));
    }

    /**
     * Does as {@link RegistryClient#history(ServiceKey, HistoryRange, ReadOptions)} does, without waiting.
     *
     * @param service as there
     * @param range as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<HistoryPage>> history(
            ServiceKey service, HistoryRange range, ReadOptions options) {
        return calls.start(Reads.history(service, range, calls.seen(options)));
    }

    /**
     * Does as {@link RegistryClient#instance(InstanceKey, ReadOptions)} does, without waiting.
     *
     * @param instance as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<Instance>> instance(InstanceKey instance, ReadOptions options) {
        return calls.start(Reads.instance(instance, calls.seen(options)));
    }

    /**
     * Returns the calls of {@link RegistryClient#operations} without waiting.
     *
     * @return over the same connections
     */
    public AsyncRegistryOperations operations() {
        return operations;
    }

    /**
     * Returns the calls of {@link RegistryClient#config} without waiting.
     *
     * @return over the same connections
     */
    public AsyncConfigClient config() {
        return config;
    }
}
