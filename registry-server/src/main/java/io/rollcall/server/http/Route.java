package io.rollcall.server.http;

import io.javalin.http.Handler;
import io.rollcall.server.app.access.Requirement;

/**
 * One row of the route table.
 *
 * @param method {@code GET}, {@code POST}, {@code PUT} or {@code DELETE}; {@code GET} serves {@code HEAD}, too
 * @param path with parameters in braces; {@code {key}} takes slashes, too, and stands at the end
 * @param requirement what a caller needs; the gate in front of the handlers holds to it
 * @param handler answers
 */
record Route(String method, String path, Requirement requirement, Handler handler) {

    /** The parameter that takes slashes. */
    static final String WITH_SLASHES = "{key}";
}
