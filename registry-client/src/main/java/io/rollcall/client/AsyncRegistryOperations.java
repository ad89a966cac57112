package io.rollcall.client;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.answer.ClusterView;
import io.rollcall.client.answer.DrainReport;
import io.rollcall.client.answer.ExpiryView;
import io.rollcall.client.answer.InstanceExplanation;
import io.rollcall.client.answer.KeysView;
import io.rollcall.client.answer.LogLevels;
import io.rollcall.client.answer.RegistryStats;
import io.rollcall.client.answer.ServiceExplanation;
import io.rollcall.client.answer.Subscribers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The calls of {@link RegistryOperations} without waiting. Thread-safe. */
public final class AsyncRegistryOperations {

    private final Namespace namespace;
    private final Calls calls;

    AsyncRegistryOperations(Namespace namespace, Calls calls) {
        this.namespace = namespace;
        this.calls = calls;
    }

    /**
     * Does as {@link RegistryOperations#setStatus(InstanceKey, OperatorWord, WriteOptions)} does, without waiting.
     *
     * @param instance as there
     * @param word as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<Instance>> setStatus(
            InstanceKey instance, OperatorWord word, WriteOptions options) {
        return calls.start(Writes.setStatus(instance, word, options));
    }

    /**
     * Does as {@link RegistryOperations#clearStatus(InstanceKey, WriteOptions)} does, without waiting.
     *
     * @param instance as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<Instance>> clearStatus(InstanceKey instance, WriteOptions options) {
        return calls.start(Writes.clearStatus(instance, options));
    }

    /**
     * Does as {@link RegistryOperations#drain(InstanceKey, Duration, String, WriteOptions)} does, without waiting.
     *
     * @param instance as there
     * @param wait as there
     * @param reason as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<DrainReport>> drain(
            InstanceKey instance, Duration wait, String reason, WriteOptions options) {
        return calls.start(Writes.drain(instance, wait, reason, options));
    }

    /**
     * Does as {@link RegistryOperations#explain(InstanceKey, Selection, ReadOptions)} does, without waiting.
     *
     * @param instance as there
     * @param selection as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<InstanceExplanation>> explain(
            InstanceKey instance, Selection selection, ReadOptions options) {
        return calls.start(Reads.explain(instance, selection, calls.seen(options)));
    }

    /**
     * Does as {@link RegistryOperations#explain(ServiceKey, Selection, ReadOptions)} does, without waiting.
     *
     * @param service as there
     * @param selection as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<ServiceExplanation>> explain(
            ServiceKey service, Selection selection, ReadOptions options) {
        return calls.start(Reads.explain(service, selection, calls.seen(options)));
    }

    /**
     * Does as {@link RegistryOperations#subscribers(ServiceKey)} does, without waiting.
     *
     * @param service as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<Subscribers>> subscribers(ServiceKey service) {
        return calls.start(Reads.subscribers(service));
    }

    /**
     * Does as {@link RegistryOperations#stats(ReadOptions)} does, without waiting.
     *
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<RegistryStats>> stats(ReadOptions options) {
        return calls.start(Reads.stats(namespace, calls.seen(options)));
    }

    /**
     * Does as {@link RegistryOperations#cluster()} does, without waiting.
     *
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<ClusterView>> cluster() {
        return calls.start(Reads.cluster());
    }

    /**
     * Does as {@link RegistryOperations#expiry()} does, without waiting.
     *
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<ExpiryView>> expiry() {
        return calls.start(Reads.expiry());
    }

    /**
     * Does as {@link RegistryOperations#releaseExpiry()} does, without waiting.
     *
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<ExpiryView>> releaseExpiry() {
        return calls.start(Reads.releaseExpiry());
    }

    /**
     * Does as {@link RegistryOperations#keys()} does, without waiting.
     *
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<KeysView>> keys() {
        return calls.start(Reads.keys());
    }

    /**
     * Does as {@link RegistryOperations#logLevels()} does, without waiting.
     *
     * @return the levels that are set
     */
    public CompletableFuture<Outcome<LogLevels>> logLevels() {
        return calls.start(Reads.logLevels());
    }

    /**
     * Does as {@link RegistryOperations#setLogLevel(String, String, Duration)} does, without waiting.
     *
     * @param logger a name, or the beginning of names up to a dot; {@code ROOT} for all
     * @param level one of those; null takes back what was set
     * @param lasting after which it falls back to what it was; zero: never
     * @return the levels that are set then
     */
    public CompletableFuture<Outcome<LogLevels>> setLogLevel(String logger, @Nullable String level, Duration lasting) {
        return calls.start(Reads.setLogLevel(logger, level, lasting));
    }

    /**
     * Does as {@link RegistryOperations#rotateKeys()} does, without waiting.
     *
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<KeysView>> rotateKeys() {
        return calls.start(Reads.rotateKeys());
    }
}
