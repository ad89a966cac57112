package io.rollcall.client;

import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Brings calls to whichever server answers, each within one deadline. Thread-safe. */
final class Failover implements AutoCloseable {

    private final CallLimits limits;
    private final Backoff backoff;
    private final ServerList servers;
    private final Exchange exchange;
    private final Ticker ticker;
    private final CallTelemetry telemetry;
    private final Set<CallUnderWay<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    Failover(ClientSettings settings, ServerList servers, Exchange exchange, Ticker ticker, CallTelemetry telemetry) {
        this.limits = new CallLimits(settings.attemptTimeout(), settings.deadline());
        this.backoff = new Backoff(settings.minBackoff(), settings.maxBackoff());
        this.servers = servers;
        this.exchange = exchange;
        this.ticker = ticker;
        this.telemetry = telemetry;
    }

    /** What tells of the calls. */
    CallTelemetry telemetry() {
        return telemetry;
    }

    /** Makes a call and waits for its end. */
    <T> Outcome<T> run(Call<T> call, @Nullable CallLimits ownLimits) {
        CallUnderWay<T> started = start(call, ownLimits);
        try {
            return started.end().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return started.abort("before the calling thread was interrupted");
        } catch (ExecutionException e) {
            // A mistake of the caller, or of ours: what the registry and the network do are outcomes.
            if (e.getCause() instanceof RuntimeException mistake) {
                throw mistake;
            }
            throw new CompletionException(e.getCause());
        }
    }

    /**
     * Makes a call.
     *
     * @param ownLimits null for those of the client
     */
    <T> CallUnderWay<T> start(Call<T> call, @Nullable CallLimits ownLimits) {
        CallLimits own = ownLimits == null ? limits : ownLimits;
        CallUnderWay<T> started =
                new CallUnderWay<>(call, own, servers, backoff, exchange, ticker, telemetry.start(call));
        underWay.add(started);
        var unused = started.end().whenComplete((outcome, failure) -> underWay.remove(started));
        if (isClosed) {
            started.abort("since the client is closed");
        } else {
            started.begin();
        }
        return started;
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        isClosed = true;
        underWay.forEach(each -> each.abort("before the client was closed"));
    }
}
