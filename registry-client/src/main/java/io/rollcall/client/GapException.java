package io.rollcall.client;

import java.io.IOException;

/** An event of a watch is missing. */
final class GapException extends IOException {
    private static final long serialVersionUID = 1L;

    GapException(String detail) {
        super(detail);
    }
}
