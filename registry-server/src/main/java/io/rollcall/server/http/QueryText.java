package io.rollcall.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A query as it may be shown to whoever reads traces: with nothing in it that lets somebody in. */
final class QueryText {

    private static final int MAX_CHARS = 512;

    // An encoded name may be any name.
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern TELLING =
            Pattern.compile("token|secret|passw|credential|auth|signature|apikey|api_key");

    private QueryText() {}

    /** Null if there is none. */
    static @Nullable String shown(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return null;
        }
        List<String> shown = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            int end = parameter.indexOf('=');
            String name = end < 0 ? parameter : parameter.substring(0, end);
            boolean isPlain = PLAIN_NAME.matcher(name).matches()
                    && !TELLING.matcher(name.toLowerCase(Locale.ROOT)).find();
            shown.add(isPlain ? parameter : (end < 0 ? "" : name + "=") + "REDACTED");
        }
        String text = String.join("&", shown);
        return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…";
    }
}
