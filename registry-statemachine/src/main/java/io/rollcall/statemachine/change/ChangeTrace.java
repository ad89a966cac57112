package io.rollcall.statemachine.change;

/**
 * Whose doing some changes are, for telemetry alone.
 *
 * @param first registry index of the first of them
 * @param last registry index of the last of them
 * @param traceParent W3C trace context of the request that asked for them; sampled
 */
public record ChangeTrace(long first, long last, String traceParent) {

    /**
     * Tells whether a change is one of them.
     *
     * @param index registry index of a change
     * @return true if so
     */
    public boolean holds(long index) {
        return first <= index && index <= last;
    }
}
