package io.rollcall.client.balance;

import io.rollcall.api.model.Instance;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call in flight to an instance, for calls that {@link BalancedCalls#call} does not fit, such as streams. It ends once:
 * by {@link #succeeded}, {@link #failed} or {@link #close}; what comes after is ignored. Thread-safe.
 */
public final class Lease implements AutoCloseable {

    private final BalancedCalls calls;
    private final Endpoint endpoint;
    private final long begunNanos;
    private final AtomicBoolean hasEnded = new AtomicBoolean();

    Lease(BalancedCalls calls, Endpoint endpoint, long begunNanos) {
        this.calls = calls;
        this.endpoint = endpoint;
        this.begunNanos = begunNanos;
        endpoint.track().began();
    }

    /**
     * Returns where to call.
     *
     * @return the instance
     */
    public Instance instance() {
        return endpoint.instance();
    }

    /** The call ended well. */
    public void succeeded() {
        if (end()) {
            calls.succeeded(endpoint.track(), begunNanos);
        }
    }

    /**
     * The call failed.
     *
     * @param failure why; whether it is the instance's fault is told by {@link Ejection#countsAsFailure}
     */
    public void failed(Throwable failure) {
        if (end()) {
            calls.failed(endpoint.track(), begunNanos, Failures.bare(failure));
        }
    }

    /** The call ended, and that says nothing of the instance. */
    @Override
    public void close() {
        var unused = end();
    }

    Endpoint endpoint() {
        return endpoint;
    }

    private boolean end() {
        if (!hasEnded.compareAndSet(false, true)) {
            return false;
        }
        endpoint.track().ended();
        return true;
    }
}
