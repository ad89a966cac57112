package io.rollcall.server.app;

import java.util.function.LongConsumer;

/** Something that is measured over and over, such as a duration in nanoseconds. Whoever wants to know each of them listens. */
public final class Measured {

    private volatile LongConsumer listener = value -> {};

    /** Something that nobody listens to yet. */
    public Measured() {}

    /**
     * It was measured.
     *
     * @param value nanoseconds, or a number, as its owner says
     */
    public void add(long value) {
        listener.accept(value);
    }

    /**
     * Takes what is measured from now on.
     *
     * @param given called by the threads that measure: it must be quick, never block and never throw
     */
    public void listen(LongConsumer given) {
        listener = given;
    }
}
