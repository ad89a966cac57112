package io.rollcall.client;

import io.rollcall.client.answer.Refusal;

/** A call that was not done, or whose outcome is unknown, for callers that prefer exceptions to {@link Outcome}. */
public abstract class RegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private RegistryException(String message) {
        super(message);
    }

    /** The registry said no; nothing was done. */
    public static final class RefusedException extends RegistryException {

        private static final long serialVersionUID = 1L;

        private final transient Refusal refusal;

        RefusedException(Refusal refusal) {
            super(refusal.toString());
            this.refusal = refusal;
        }

        /**
         * Returns why.
         *
         * @return the refusal
         */
        public Refusal refusal() {
            return refusal;
        }
    }

    /** No server answered, and nothing was done. */
    public static final class UnansweredException extends RegistryException {

        private static final long serialVersionUID = 1L;

        UnansweredException(String detail) {
            super(detail);
        }
    }

    /** The write may have been done. */
    public static final class UnknownException extends RegistryException {

        private static final long serialVersionUID = 1L;

        private final String requestId;

        UnknownException(String detail, String requestId) {
            super(detail);
            this.requestId = requestId;
        }

        /**
         * Returns the request id: repeating the write with it does it at most once.
         *
         * @return 1 to 64 characters
         */
        public String requestId() {
            return requestId;
        }
    }
}
