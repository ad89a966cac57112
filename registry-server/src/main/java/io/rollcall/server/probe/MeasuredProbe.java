package io.rollcall.server.probe;

import io.rollcall.api.model.Registration;
import io.rollcall.server.app.Measured;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/** Probes that are counted. */
public final class MeasuredProbe implements HealthProbe {

    private final HealthProbe probe;
    private final LongAdder made = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Measured nanos = new Measured();

    /**
     * Counts.
     *
     * @param probe asks
     */
    public MeasuredProbe(HealthProbe probe) {
        this.probe = probe;
    }

    @Override
    public CompletableFuture<ProbeResult> probe(Registration registration) {
        long begun = System.nanoTime();
        return probe.probe(registration).thenApply(result -> {
            made.increment();
            if (result.outcome() == Outcome.BAD) {
                failed.increment();
            }
            nanos.add(System.nanoTime() - begun);
            return result;
        });
    }

    /**
     * Returns how many checks have ended.
     *
     * @return since the start
     */
    public long made() {
        return made.sum();
    }

    /**
     * Returns how many of them failed.
     *
     * @return since the start
     */
    public long failed() {
        return failed.sum();
    }

    /**
     * Returns how long they take.
     *
     * @return nanoseconds
     */
    public Measured nanos() {
        return nanos;
    }
}
