package io.rollcall.client;

/** There is no token to send. It never tells of one, and has no cause, whose message might. */
final class TokenException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String detail;

    TokenException(String detail) {
        super(detail);
        this.detail = detail;
    }

    /** What went wrong, as a sentence part. */
    String detail() {
        return detail;
    }
}
