package io.rollcall.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The query part of a URL, encoded. */
final class QueryParameters {

    private final StringBuilder text = new StringBuilder();

    void add(String name, String value) {
        text.append(text.length() == 0 ? '?' : '&')
                .append(name)
                .append('=')
                // A space as %20: some proxies do not read + as a space.
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    void addIfPresent(String name, @Nullable String value) {
        if (value != null) {
            add(name, value);
        }
    }

    /** Empty, or beginning with a question mark. */
    @Override
    public String toString() {
        return text.toString();
    }
}
