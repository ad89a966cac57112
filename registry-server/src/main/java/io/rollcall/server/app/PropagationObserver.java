package io.rollcall.server.app;

/** Is told what the canary measures. */
public interface PropagationObserver {

    /** Nobody is told. */
    PropagationObserver NONE = new PropagationObserver() {
        @Override
        public void told(String node, long nanos) {}

        @Override
        public void missed(String node) {}
    };

    /**
     * A member told of a registration.
     *
     * @param node its id
     * @param nanos since the leader began to register
     */
    void told(String node, long nanos);

    /**
     * A member did not tell of it in time.
     *
     * @param node its id
     */
    void missed(String node);
}
