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
import org.jspecify.annotations.Nullable;

/** What those who run a registry, and those who wonder about it, ask of it. Thread-safe. */
public final class RegistryOperations {

    private final Namespace namespace;
    private final Calls calls;

    RegistryOperations(Namespace namespace, Calls calls) {
        this.namespace = namespace;
        this.calls = calls;
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
        return calls.run(Writes.setStatus(instance, word, options));
    }

    /**
     * Takes the operator's word on an instance back.
     *
     * @param instance which
     * @param options condition, request id
     * @return the instance afterwards
     */
    public Outcome<Instance> clearStatus(InstanceKey instance, WriteOptions options) {
        return calls.run(Writes.clearStatus(instance, options));
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
        return calls.run(Writes.drain(instance, wait, reason, options));
    }

    /**
     * Explains why discovery returns an instance or does not.
     *
     * @param instance registered or not
     * @param selection of the discovery
     * @param options how to read; there are no pages
     * @return a verdict for each step of the query
     */
    public Outcome<InstanceExplanation> explain(InstanceKey instance, Selection selection, ReadOptions options) {
        return calls.run(Reads.explain(instance, selection, calls.seen(options)));
    }

    /**
     * Explains how many instances of a service discovery returns.
     *
     * @param service any
     * @param selection of the discovery
     * @param options how to read; there are no pages
     * @return a count for each step of the query
     */
    public Outcome<ServiceExplanation> explain(ServiceKey service, Selection selection, ReadOptions options) {
        return calls.run(Reads.explain(service, selection, calls.seen(options)));
    }

    /**
     * Tells who follows a service, over all nodes: watches, and blocking reads of the last 10 s.
     *
     * @param service any
     * @return who, where, and how far each is
     */
    public Outcome<Subscribers> subscribers(ServiceKey service) {
        return calls.run(Reads.subscribers(service));
    }

    /**
     * Counts services and instances of the client's namespace.
     *
     * @param options how to read
     * @return the counts
     */
    public Outcome<RegistryStats> stats(ReadOptions options) {
        return calls.run(Reads.stats(namespace, calls.seen(options)));
    }

    /**
     * Reads the cluster as the answering node knows it, also without a quorum.
     *
     * @return members and leader
     */
    public Outcome<ClusterView> cluster() {
        return calls.run(Reads.cluster());
    }

    /**
     * Reads what the leader's expiry governor holds back.
     *
     * @return what, why, and until when
     */
    public Outcome<ExpiryView> expiry() {
        return calls.run(Reads.expiry());
    }

    /**
     * Lets go what the leader's expiry governor holds back; doing so again is harmless.
     *
     * @return what is held back after that
     */
    public Outcome<ExpiryView> releaseExpiry() {
        return calls.run(Reads.releaseExpiry());
    }

    /**
     * Reads what the node that answers logs of. Of several servers the first that answers is asked: name one.
     *
     * @return the levels that are set
     */
    public Outcome<LogLevels> logLevels() {
        return calls.run(Reads.logLevels());
    }

    /**
     * Changes what the node that answers logs of, until it ends. Of several servers the first that answers is asked: name one.
     *
     * @param logger a name, or the beginning of names up to a dot; {@code ROOT} for all
     * @param level {@code TRACE}, {@code DEBUG}, {@code INFO}, {@code WARN}, {@code ERROR} or {@code OFF}; null takes back
     *     what was set
     * @param lasting after which it falls back to what it was, at most 24 hours; zero: never
     * @return the levels that are set then
     */
    public Outcome<LogLevels> setLogLevel(String logger, @Nullable String level, Duration lasting) {
        return calls.run(Reads.setLogLevel(logger, level, lasting));
    }

    /**
     * Reads how the keys stand that the cluster seals secrets with.
     *
     * @return their ids, and how far it has come that everything is sealed by the newest
     */
    public Outcome<KeysView> keys() {
        return calls.run(Reads.keys());
    }

    /**
     * Has a new key seal secrets from now on, and all that is there by and by. Doing so again is harmless.
     *
     * @return how the keys stand then
     */
    public Outcome<KeysView> rotateKeys() {
        return calls.run(Reads.rotateKeys());
    }
}
