package io.rollcall.client.provide;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.RegistrationBuilder;
import io.rollcall.client.Outcome;
import io.rollcall.client.answer.DrainReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An instance that is kept registered: the provider beats for it, and registers it again when the registry does not know it
 * any more, until it is closed, refused for good, or another process takes its id. Thread-safe.
 */
public final class LiveRegistration implements AutoCloseable {

    private final KeptInstance kept;
    private final ProviderOptions options;
    private final Registering registering;
    private final Farewell farewell;

    LiveRegistration(KeptInstance kept, ProviderOptions options, Registering registering, Farewell farewell) {
        this.kept = kept;
        this.options = options;
        this.registering = registering;
        this.farewell = farewell;
    }

    /**
     * Returns namespace, service and id.
     *
     * @return the key
     */
    public InstanceKey key() {
        return kept.key();
    }

    /**
     * Returns what is wanted of it.
     *
     * @return as registered, or as updated last
     */
    public Registration registration() {
        return kept.registration();
    }

    /**
     * Returns how it stands, as far as this process knows.
     *
     * @return the state as of now
     */
    public RegistrationState state() {
        return kept.state();
    }

    /**
     * Returns the instance as it was registered last; its status is that of that moment.
     *
     * @return empty before it is registered for the first time
     */
    public Optional<Instance> instance() {
        return Optional.ofNullable(kept.instance());
    }

    /**
     * Returns when the last beat, or registration, was sent that the registry acknowledged: its lease runs from there.
     *
     * @return by this machine's clock; empty before it is registered for the first time
     */
    public Optional<Instant> lastAcknowledged() {
        return Optional.ofNullable(kept.silence(System.nanoTime()))
                .map(silence -> Instant.now().minus(silence));
    }

    /**
     * Registers it again with something changed, such as tags, metadata or weight; it has a new incarnation then. Returns
     * when that is done.
     *
     * @param change makes the new registration out of the builder that holds the present one
     * @throws io.rollcall.client.error.RegistryException if it was refused: then it stays registered as it was; or if the
     *     registry did not answer for as long as {@link ProviderOptions#registerTimeout}: then it goes on being tried
     * @throws IllegalStateException if it has ended
     */
    public void update(UnaryOperator<RegistrationBuilder> change) {
        registering
                .await(
                        kept,
                        kept.want(present -> change.apply(present.toBuilder()).build(), System.nanoTime()))
                .ifPresent(Outcome::orThrow);
    }

    /**
     * Takes it out of traffic, and waits until those who watch its service know that. It goes on beating, and is
     * deregistered by {@link #close}; should the registry lose it before, it is not registered again. Needs the permission
     * of an operator.
     *
     * @param wait zero to ten minutes
     * @return who knows it; unanswered if it is not registered
     */
    public Outcome<DrainReport> drain(Duration wait) {
        return kept.beginDraining()
                ? farewell.drain(kept, wait)
                : new Outcome.Unanswered<>(kept.key() + " is " + kept.state() + ": nothing to drain");
    }

    /**
     * Takes it out of the registry at once, without draining it, and ends it.
     *
     * @return whether it is not registered any more; else it is found until its lease is over. Never another process'
     */
    public boolean deregister() {
        kept.beginEnding();
        boolean isGone = false;
        try {
            isGone = farewell.deregister(
                    kept, System.nanoTime() + options.closeTimeout().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kept.ended(isGone);
        return isGone;
    }

    /**
     * Drains it for up to {@link ProviderOptions#drainWait} and deregisters it, within {@link
     * ProviderOptions#closeTimeout}. What cannot be done by then is left to its lease. Closing again does nothing.
     */
    @Override
    public void close() {
        farewell.run(List.of(kept), options.closeTimeout());
    }
}
