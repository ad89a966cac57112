package io.rollcall.chaos.report;

import org.jspecify.annotations.Nullable;

/** A fault that lasts until it is closed. Thread-safe. */
public final class OpenFault implements AutoCloseable {

    private final Recorder recorder;
    private final String kind;
    private final String target;
    private final long fromMillis;
    private String proof = "";
    private @Nullable Long toMillis;

    OpenFault(Recorder recorder, String kind, String target, long fromMillis) {
        this.recorder = recorder;
        this.kind = kind;
        this.target = target;
        this.fromMillis = fromMillis;
    }

    /**
     * Says what shows that the fault took effect; the last word counts. A fault of which this is never said is
     * reported as one without proof.
     *
     * @param what such as {@code 4,096 bytes held}
     * @return this
     */
    public synchronized OpenFault hit(String what) {
        proof = what;
        return this;
    }

    /** Ends the fault's time; again has no effect. */
    @Override
    public synchronized void close() {
        if (toMillis == null) {
            toMillis = recorder.elapsedMillis();
        }
    }

    /** The fault so far; one that is still open lasts until {@code nowMillis}. */
    synchronized FaultSpan span(long nowMillis) {
        return new FaultSpan(kind, target, fromMillis, toMillis == null ? nowMillis : toMillis, proof);
    }
}
