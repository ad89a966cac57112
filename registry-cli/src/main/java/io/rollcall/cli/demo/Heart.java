package io.rollcall.cli.demo;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.model.Instance;
import io.rollcall.client.Heartbeat;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.WriteOptions;
import io.rollcall.client.answer.Renewal;
import java.time.Duration;
import java.util.function.Consumer;

/** What beats for one provider: when the registry asks for it, and not while the provider is silent. Not thread-safe. */
final class Heart {

    private static final Duration RETRY = Duration.ofMillis(200);

    private final SampleProvider provider;
    private final RegistryClient registry;
    private final Consumer<String> news;
    private long incarnation;
    private long dueNanos;
    private boolean replaced;

    /**
     * A heart whose first beat is due.
     *
     * @param registered what the registry has made of the provider
     * @param registry takes the beats; tries all nodes for no longer than the lease
     * @param news takes one sentence when something unusual happens
     */
    Heart(SampleProvider provider, Instance registered, RegistryClient registry, Consumer<String> news, long nowNanos) {
        this.provider = provider;
        this.incarnation = registered.incarnation();
        this.registry = registry;
        this.news = news;
        this.dueNanos = nowNanos;
    }

    void beatIfDue(long nowNanos) {
        if (replaced || provider.isSilent() || nowNanos - dueNanos < 0) {
            return;
        }
        Heartbeat beat = new Heartbeat(provider.registration().key(), incarnation);
        Outcome<Renewal> outcome = registry.heartbeat(beat);
        Duration next = RETRY;
        if (outcome instanceof Outcome.Done<Renewal> done) {
            next = done.value().nextHeartbeat();
        } else if (outcome instanceof Outcome.Refused<Renewal> refused
                && refused.refusal().is(ErrorCode.INSTANCE_NOT_FOUND)) {
            registerAgain();
        } else if (outcome instanceof Outcome.Refused<Renewal> refused
                && refused.refusal().is(ErrorCode.STALE_INCARNATION)) {
            // Somebody else speaks for this id now: to take it back would only begin a fight.
            replaced = true;
            news.accept(beat.instance().id() + " was registered by somebody else, and sends no more heartbeats");
        }
        dueNanos = nowNanos + next.toNanos();
    }

    private void registerAgain() {
        Outcome<Instance> outcome =
                registry.register(provider.registration(), WriteOptions.none().withTakeover());
        if (outcome instanceof Outcome.Done<Instance> done) {
            incarnation = done.value().incarnation();
            news.accept(provider.registration().key().id() + " was not known to the registry, and registered again");
        }
    }
}
