package io.rollcall.server.http;

import io.rollcall.api.model.Violations;
import io.rollcall.server.app.WriteCondition;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The conditional headers of RFC 9110. */
final class EntityTags {

    private static final Pattern MODIFY_INDEX = Pattern.compile("\"([1-9][0-9]{0,17})\"");

    private EntityTags() {}

    /**
     * Compares weakly, as {@code If-None-Match} asks.
     *
     * @param header {@code *} or a list of tags
     * @param tag the present one, strong
     */
    static boolean anyMatches(String header, String tag) {
        if (header.equals(tag) || header.strip().equals("*")) {
            return true;
        }
        // Our tags hold no comma.
        for (String candidate : header.split(",", -1)) {
            String opaque = candidate.strip();
            if (opaque.equals(tag)
                    || (opaque.startsWith("W/") && opaque.substring(2).equals(tag))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads the condition of a write.
     *
     * @param ifMatch {@code "<modifyIndex>"} or {@code *}; null if absent
     * @param ifNoneMatch {@code *}; null if absent
     * @param violations takes what is found
     */
    static WriteCondition condition(@Nullable String ifMatch, @Nullable String ifNoneMatch, Violations violations) {
        if (ifMatch != null && ifNoneMatch != null) {
            violations.add("If-None-Match", "must not stand beside If-Match");
        }
        if (ifNoneMatch != null) {
            if (!ifNoneMatch.strip().equals("*")) {
                violations.add("If-None-Match", "must be * on a write");
            }
            return WriteCondition.ABSENT;
        }
        if (ifMatch == null) {
            return WriteCondition.NONE;
        }
        if (ifMatch.strip().equals("*")) {
            return WriteCondition.EXISTS;
        }
        Matcher matcher = MODIFY_INDEX.matcher(ifMatch.strip());
        if (!matcher.matches()) {
            violations.add("If-Match", "must be the modifyIndex in double quotes, such as \"42\", or *");
            return WriteCondition.NONE;
        }
        return WriteCondition.unchangedSince(Long.parseLong(matcher.group(1)));
    }
}
