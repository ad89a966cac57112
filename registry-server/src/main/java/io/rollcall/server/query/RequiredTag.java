package io.rollcall.server.query;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import java.util.Comparator;

/**
 * A tag that an instance must have with this value.
 *
 * @param key of the tag
 * @param value of the tag
 */
public record RequiredTag(String key, String value) implements Comparable<RequiredTag> {

    private static final Comparator<RequiredTag> ORDER =
            Comparator.comparing(RequiredTag::key).thenComparing(RequiredTag::value);

    /**
     * Reads {@code key:value}; what follows the first colon is the value, which may be empty.
     *
     * @param field the parameter that an error names
     * @param text such as {@code env:prod}
     * @return the tag
     * @throws InvalidRequestException if there is no colon or no key
     */
    static RequiredTag parse(String field, String text) {
        int colon = text.indexOf(':');
        if (colon <= 0) {
            throw new InvalidRequestException(new Violation(
                    field,
                    "must be key:value, such as env:prod; for a key alone, or one with a colon in it, use"
                            + " filter=\"env\" in tags"));
        }
        return new RequiredTag(text.substring(0, colon), text.substring(colon + 1));
    }

    boolean matches(Instance instance) {
        return value.equals(instance.registration().tags().get(key));
    }

    @Override
    public int compareTo(RequiredTag other) {
        return ORDER.compare(this, other);
    }
}
