package io.rollcall.server.http;

import io.javalin.http.Context;
import io.rollcall.api.http.Headers;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.Reader;
import org.jspecify.annotations.Nullable;

/** Who asks, as those are listed who follow a service. */
final class Readers {

    private Readers() {}

    static Reader of(Context ctx, Violations violations) {
        return of(
                ctx.req().getHeader(Headers.SUBSCRIBER),
                ctx.req().getRemoteAddr(),
                ctx.req().getRemotePort(),
                violations);
    }

    /**
     * Reads it.
     *
     * @param name the header; null if there is none
     * @param violations takes a name that is none
     */
    static Reader of(@Nullable String name, String host, int port, Violations violations) {
        String address = host + ":" + port;
        if (name == null) {
            return new Reader(address, address);
        }
        if (name.isEmpty()
                || name.length() > Reader.MAX_NAME_LENGTH
                || !name.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            violations.add(
                    Headers.SUBSCRIBER,
                    "must be 1 to " + Reader.MAX_NAME_LENGTH + " printable characters of ASCII",
                    Reader.MAX_NAME_LENGTH);
        }
        return new Reader(name, address);
    }
}
