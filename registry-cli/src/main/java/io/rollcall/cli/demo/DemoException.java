package io.rollcall.cli.demo;

/** A demo that could not go on; all that it had started is stopped. The message says what, which and what to do. */
public final class DemoException extends Exception {

    private static final long serialVersionUID = 1L;

    DemoException(String message) {
        super(message);
    }

    DemoException(String message, Throwable cause) {
        super(message, cause);
    }
}
