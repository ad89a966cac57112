package io.rollcall.client.balance;

import io.rollcall.api.model.Instance;
import java.util.List;
import java.util.function.Supplier;

/** Sets up {@link BalancedCalls}; what is not told has its default. Not thread-safe. */
public final class BalancedCallsBuilder {

    final Supplier<List<Instance>> source;
    LoadBalancer balancer = LoadBalancer.weighted();
    SlowStart slowStart = SlowStart.over(SlowStart.DEFAULT_WINDOW);
    Ejection ejection = Ejection.DEFAULT;
    Retries retries = Retries.DEFAULT;
    Doubt doubt = Doubt.DEFAULT;
    Time time = Time.SYSTEM;

    BalancedCallsBuilder(Supplier<List<Instance>> source) {
        this.source = source;
    }

    /**
     * Sets how calls are spread.
     *
     * @param value unless told {@link LoadBalancer#weighted()}
     * @return this
     */
    public BalancedCallsBuilder balancer(LoadBalancer value) {
        balancer = value;
        return this;
    }

    /**
     * Sets how new instances get their share.
     *
     * @param value unless told over 30 s
     * @return this
     */
    public BalancedCallsBuilder slowStart(SlowStart value) {
        slowStart = value;
        return this;
    }

    /**
     * Sets when instances that fail are left out.
     *
     * @param value unless told {@link Ejection#DEFAULT}
     * @return this
     */
    public BalancedCallsBuilder ejection(Ejection value) {
        ejection = value;
        return this;
    }

    /**
     * Sets when calls are made again.
     *
     * @param value unless told {@link Retries#DEFAULT}
     * @return this
     */
    public BalancedCallsBuilder retries(Retries value) {
        retries = value;
        return this;
    }

    /**
     * Sets the part of its share that an instance in status {@code warning} gets. A check warns of what load makes worse;
     * where all warn it changes nothing, since shares are relative.
     *
     * @param value above 0, at most 1, unless told 0.5
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public BalancedCallsBuilder warningPart(double value) {
        doubt = new Doubt(value, doubt.minTrustedPart());
        return this;
    }

    /**
     * Sets when {@code suspect} instances are left out: when the others have at least this part of the weight. The
     * registry flags instances that it cannot tell dead from cut off; when it flags nearly all, it is more likely itself
     * what is wrong, and the few others must not get the calls of all.
     *
     * @param value 0 to 1, unless told 0.25; 0 leaves them out while there is any other, 1 never
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public BalancedCallsBuilder minTrustedPart(double value) {
        doubt = new Doubt(doubt.warningPart(), value);
        return this;
    }

    BalancedCallsBuilder time(Time value) {
        time = value;
        return this;
    }

    /**
     * Makes them.
     *
     * @return calls to the service
     */
    public BalancedCalls build() {
        return new BalancedCalls(this);
    }
}
