package io.rollcall.server.query;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** How a value that is there is decided; each test takes the class of the field's type. */
final class Comparisons {

    private Comparisons() {}

    static Predicate<Object> oneOf(List<Object> values) {
        Set<Object> set = Set.copyOf(values);
        return set::contains;
    }

    @SuppressWarnings("unchecked") // Literals reads the bound in the class that the field holds
    static Predicate<Object> order(Operator operator, Object bound) {
        return value -> operator.holds(((Comparable<Object>) value).compareTo(bound));
    }

    static Predicate<Object> versionOrder(Operator operator, Token literal) {
        SemanticVersion bound = SemanticVersion.parse(literal.text());
        if (bound == null) {
            throw Literals.expected(literal, "a version of SemVer such as \"2.1\" or \"2.1.0-rc.1\"");
        }
        return value -> {
            SemanticVersion version = SemanticVersion.parse((String) value);
            return version != null && operator.holds(version.compareTo(bound));
        };
    }

    static Predicate<Object> satisfies(Token literal) {
        VersionRange range = VersionRange.parse(literal.text());
        if (range == null) {
            throw Literals.expected(
                    literal, "a range of SemVer such as \"^2.1\", \"~1.4\", \">=2.1 <3\" or \"1.x || 3.x\"");
        }
        return value -> {
            SemanticVersion version = SemanticVersion.parse((String) value);
            return version != null && range.contains(version);
        };
    }

    /** A key of a map, a part of a text. */
    static Predicate<Object> contains(String wanted) {
        return value -> value instanceof Map<?, ?> map ? map.containsKey(wanted) : ((String) value).contains(wanted);
    }

    static Predicate<Object> matches(Pattern pattern) {
        return value -> pattern.matcher((String) value).find();
    }

    /** An empty text or map; a time that is there is not empty. */
    static boolean isEmpty(Object value) {
        return value instanceof Map<?, ?> map ? map.isEmpty() : value.equals("");
    }
}
