package io.rollcall.server.app;

import org.jspecify.annotations.Nullable;

/** Is told what the canary measures. */
public interface PropagationObserver {

    /** Nobody is told. */
    PropagationObserver NONE = new PropagationObserver() {
        @Override
        public void told(String node, long nanos, @Nullable String traceParent) {}

        @Override
        public void missed(String node) {}
    };

    /**
     * A member told of a registration.
     *
     * @param node its id
     * @param nanos since the leader began to register
     * @param traceParent of the span that tells of it; null if none does
     */
    void told(String node, long nanos, @Nullable String traceParent);

    /**
     * A member did not tell of it in time.
     *
     * @param node its id
     */
    void missed(String node);
}
