package io.rollcall.server.http;

import org.eclipse.jetty.server.Request;

/** A request on its way through the node. */
final class Passage {

    private static final String ATTRIBUTE = "io.rollcall.passage";

    private volatile String route = "";

    private Passage() {}

    /** A request came in. */
    static void begin(Request request) {
        request.setAttribute(ATTRIBUTE, new Passage());
    }

    /** It is served by a route. */
    static void routed(Request request, String path) {
        if (request.getAttribute(ATTRIBUTE) instanceof Passage passage) {
            passage.route = path;
        }
    }

    /** Whether it ever came in: what could not be read did not. */
    static boolean hasBegun(Request request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }

    /** The template of the path of the route that served it; empty if none did. */
    static String route(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof Passage passage ? passage.route : "";
    }
}
