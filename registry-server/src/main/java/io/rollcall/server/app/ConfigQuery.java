package io.rollcall.server.app;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Violation;
import io.rollcall.server.view.ConfigScope;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Which keys a list of configuration holds, and what of them.
 *
 * @param namespace of the keys
 * @param prefix what their paths begin with; empty for all
 * @param after the path after which the page begins; empty for the first page
 * @param limit most keys of the page, 1 or more
 * @param values whether the values are listed, too
 * @param reveal whether secrets among them are
 */
public record ConfigQuery(Namespace namespace, String prefix, String after, int limit, boolean values, boolean reveal) {

    /** Keys of one page, unless told. */
    public static final int DEFAULT_LIMIT = 1_000;

    /** Most keys of one page. */
    public static final int MAX_LIMIT = 10_000;

    /**
     * Checks the prefix.
     *
     * @throws InvalidRequestException naming {@code prefix}
     */
    public ConfigQuery {
        ConfigKey.requirePrefix("prefix", prefix);
    }

    /**
     * Reads a cursor.
     *
     * @param cursor as an earlier answer gave it; null for the first page
     * @return the path after which the page begins; empty for the first page
     * @throws InvalidRequestException naming {@code cursor}
     */
    public static String after(@Nullable String cursor) {
        if (cursor == null) {
            return "";
        }
        try {
            String after = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            return new ConfigKey(Namespace.DEFAULT, after).path();
        } catch (IllegalArgumentException | InvalidRequestException e) {
            throw new InvalidRequestException(
                    new Violation("cursor", "must be a cursor that an earlier answer of this query gave"));
        }
    }

    /**
     * Returns the keys that the list is of, whatever the page.
     *
     * @return the scope
     */
    public ConfigScope scope() {
        return ConfigScope.prefix(namespace, prefix);
    }

    /** Equal for equal answers at one index. */
    String shape() {
        return "list " + namespace + "/" + prefix + "&after=" + after + "&limit=" + limit + "&values=" + values
                + "&reveal=" + reveal;
    }
}
