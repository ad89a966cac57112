package io.rollcall.server.http;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;

/**
 * What every answer says to browsers: that it is data, of this moment, and to be shown by nobody. There is no header for other
 * sites, so that their scripts may read nothing of it.
 */
final class HardeningHeaders {

    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

    private static final List<HttpField> ALWAYS = List.of(
            // What a caller stored must not become a script by being guessed to be one.
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
            new PreEncodedHttpField("Content-Security-Policy", CONTENT_SECURITY_POLICY),
            new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
            new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
            new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"));

    private static final HttpField STRICT_TRANSPORT =
            new PreEncodedHttpField("Strict-Transport-Security", "max-age=31536000");

    private HardeningHeaders() {}

    /** Puts them into an answer that has not begun; whoever answers may replace them. */
    static void put(Request request, HttpFields.Mutable headers) {
        for (HttpField field : ALWAYS) {
            headers.put(field);
        }
        if (request.isSecure()) {
            headers.put(STRICT_TRANSPORT);
        }
    }
}
