package io.rollcall.server.http;

import io.javalin.http.Handler;

/**
 * One row of the route table.
 *
 * @param method {@code GET}, {@code POST}, {@code PUT} or {@code DELETE}; {@code GET} serves {@code HEAD}, too
 * @param path with parameters in braces; {@code {key}} takes slashes, too, and stands at the end
 * @param permission what a caller needs, such as {@code service:read}; {@link #OPEN} for nothing
 * @param handler answers
 */
record Route(String method, String path, String permission, Handler handler) {

    /** No permission is needed, whoever asks. */
    static final String OPEN = "open";

    /** The parameter that takes slashes. */
    static final String WITH_SLASHES = "{key}";
}
